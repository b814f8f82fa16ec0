"""SUP-09: old logs become public too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import not_applicable
from auditor.openness.reading.forge import confirm
from auditor.openness.reading.workflows import workflows
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SUP-09",
    title="Logs of old workflow runs may be seen",
    question="Were the logs and artefacts of past workflow runs looked at, or deleted, before publication?",
    why="With the repository the output of its workflow runs becomes visible to everybody.",
    remediation="Delete old runs before the repository becomes public, or read them as you read the code.",
    effort=Effort.HOURS,
    who="administrator of the repository",
    grade=Grade.MUST,
    method=Method.API,
    sources=(by.cite(by.GDS_ACTIONS, "Output"),),
)
def run_logs(context: CheckContext) -> Answer:
    """The forge knows how many runs there are; a person reads them."""
    if not workflows(context):
        return not_applicable("no GitHub workflows")
    return confirm("Actions: old runs are deleted or their logs were read", "read access to Actions")
