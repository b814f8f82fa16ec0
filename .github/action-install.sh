#!/usr/bin/env bash
# Install the dependencies of auditor, by hash and as wheels only, in a virtual environment of its own.
# The checkout of the action is the tool itself; nothing of the scanned repository is run or read here.
set -euo pipefail

if [ "${RUNNER_OS:-}" = Windows ]; then
  echo "::error title=auditor::auditor runs on Linux and macOS runners. Give this job runs-on: ubuntu-24.04; what it looks at is the same."
  exit 2
fi

python=""
for candidate in python3 python; do
  if command -v "$candidate" >/dev/null && "$candidate" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "::error title=auditor::Python 3.11 or newer is needed and was not found. Put actions/setup-python with python-version 3.13 before this step."
  exit 2
fi

home="$RUNNER_TEMP/auditor-venv"
cd "$RUNNER_TEMP"
"$python" -I -m venv "$home"
inner="$home/bin/python"
if ! "$inner" -I -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all: \
  --requirement "$AUDITOR_HOME/.github/action-requirements.txt"; then
  echo "::error title=auditor::The dependencies could not be installed, so nothing was judged. Check that the runner reaches a Python package index."
  exit 2
fi
echo "python=$inner" >>"$GITHUB_OUTPUT"
