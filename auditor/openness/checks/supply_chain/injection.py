"""SUP-07: nobody outside can write into a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, not_checked, passed
from auditor.openness.reading.files import plural, shortened
from auditor.openness.reading.untrusted import injections
from auditor.openness.reading.workflows import actions, unreadable, workflows
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SUP-07",
    title="No outsider's text becomes part of a script",
    question="Are titles, messages and branch names of outsiders kept out of the text of scripts?",
    why="A pull request title that is pasted into a script is run as part of it.",
    remediation=(
        'Put the value into an environment variable (`env: TITLE: ${{ ... }}`) and use `"$TITLE"` in the script. '
        "The tool zizmor finds subtler cases."
    ),
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.MUST,
    sources=(
        by.cite(by.GDS_ACTIONS, "Script injections"),
        by.cite(by.OSPS, "OSPS-BR-01.01"),
        by.cite(by.SCORECARD, "Dangerous-Workflow"),
    ),
)
def script_injection(context: CheckContext) -> Answer:
    """Look for such values in `run` and in inline scripts."""
    found = (*workflows(context), *actions(context))
    if not found:
        return not_applicable("no GitHub workflows")
    wrong = [Evidence(f"{hit.value} in a script", path=hit.path, line=hit.line) for hit in injections(context)]
    if wrong:
        return failed(*shortened(wrong))
    if unreadable(context):
        return not_checked("A workflow could not be read.", *(Evidence(w.problem, path=w.path) for w in unreadable(context)))
    scripts = sum(1 for workflow in found for step in workflow.steps() if "run" in step)
    return passed(Evidence(f"{plural(scripts, 'script')} read", count=scripts))
