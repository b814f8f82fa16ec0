#!/usr/bin/env bash
# Call auditor with the inputs of the action. The tool is started by its path, in isolated mode: the working directory is the
# scanned checkout, and no module of it may be imported.
set -euo pipefail

arguments=("--mode=$AUDITOR_MODE" "--fail-on=$AUDITOR_FAIL_ON" "--reports=$RUNNER_TEMP/auditor-reports")
[ -z "$AUDITOR_CONFIG" ] || arguments+=("--config=$AUDITOR_CONFIG")
[ -z "$AUDITOR_BASELINE" ] || arguments+=("--baseline=$AUDITOR_BASELINE")
[ "$AUDITOR_COMMENT" != true ] || arguments+=(--comment)
[ "$AUDITOR_SARIF" != true ] || arguments+=(--sarif)
[ "$AUDITOR_HTML" = true ] || arguments+=(--no-html)
# Several jobs and steps of one run may each keep a report, and every artifact of a run needs a name of its own.
echo "artifact=auditor-report-${GITHUB_JOB:-job}-$RANDOM$RANDOM" >>"$GITHUB_OUTPUT"
exec "$AUDITOR_PYTHON" -I -X utf8 "$AUDITOR_HOME/auditor/cli/launch.py" ci "${arguments[@]}" -- "$AUDITOR_PATH"
