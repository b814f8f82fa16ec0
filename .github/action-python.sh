#!/usr/bin/env bash
# Find the Python that auditor will run on, and the key under which the downloaded dependencies are kept between runs.
set -euo pipefail

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
key=$("$python" -I -c 'import hashlib, sys; print(sys.version_info[0], sys.version_info[1], hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest()[:32], sep="-")' \
  "$AUDITOR_HOME/.github/action-requirements.txt")
echo "python=$python" >>"$GITHUB_OUTPUT"
echo "key=$key" >>"$GITHUB_OUTPUT"
