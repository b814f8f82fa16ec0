"""MET-05: description and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.reading.forge import confirm
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="MET-05",
    title="Description and topics are set",
    question="Does the forge show a description and topics for the repository?",
    why="They decide whether the code is found by those who could reuse it.",
    remediation="Set a description of one sentence and a few topics on the repository's page.",
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.INFO,
    method=Method.API,
    sources=(by.cite(by.SPC_FINDABLE, "Requirements"), by.cite(by.CMS_CHECKLIST, "Review Repository Details")),
)
def description(context: CheckContext) -> Answer:
    """Only the forge knows."""
    del context
    return confirm("the repository's page shows a description and topics", "read access to the repository's metadata")
