#!/usr/bin/env bash
# Install the dependencies of auditor, by hash and as wheels only, in a virtual environment of its own.
# The checkout of the action is the tool itself; nothing of the scanned repository is run or read here.
# Kept between runs are downloads only: what is installed from them must still have the hashes that this checkout names.
set -euo pipefail

home="$RUNNER_TEMP/auditor-venv"
kept="$RUNNER_TEMP/auditor-wheels"
inner="$home/bin/python"
if [ "${RUNNER_OS:-}" = Windows ]; then inner="$home/Scripts/python.exe"; fi
exact=(--require-hashes --only-binary :all: --requirement "$AUDITOR_HOME/.github/action-requirements.txt")
cd "$RUNNER_TEMP"
"$AUDITOR_FOUND" -I -m venv "$home"
if command -v uv >/dev/null; then
  install=(uv pip install --quiet --python "$inner" --cache-dir "$kept" "${exact[@]}")
else
  install=("$inner" -I -m pip install --quiet --disable-pip-version-check --no-input --cache-dir "$kept" "${exact[@]}")
fi
if ! "${install[@]}"; then
  echo "::error title=auditor::The dependencies could not be installed, so nothing was judged. Check that the runner reaches a Python package index."
  exit 2
fi
# A look at nothing compiles the rules, once, so that the look that counts need not.
mkdir -p "$RUNNER_TEMP/auditor-nothing"
"$inner" -I -X utf8 "$AUDITOR_HOME/auditor/cli/launch.py" scan --quiet "$RUNNER_TEMP/auditor-nothing" >/dev/null 2>&1 || true
echo "python=$inner" >>"$GITHUB_OUTPUT"
