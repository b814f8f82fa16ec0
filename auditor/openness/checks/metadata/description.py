"""MET-05: description and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.files import plural
from auditor.openness.reading.forge import confirm, told
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
    """Look at what the forge shows."""
    settings = told(context).settings
    if isinstance(settings, Hidden):
        where = "the repository's page shows a description and topics"
        return confirm(where, "read access to the repository's metadata", hidden=settings)
    if not settings.description or not settings.topics:
        lacking = [what for what, there in (("description", settings.description), ("topics", settings.topics)) if not there]
        return failed(f"no {' and no '.join(lacking)}")
    return passed(Evidence(f"a description and {plural(len(settings.topics), 'topic')}", count=len(settings.topics)))
