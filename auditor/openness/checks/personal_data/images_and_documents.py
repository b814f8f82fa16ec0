"""PII-13: screenshots, photographs and documents were looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import failed, passed
from auditor.openness.authorities import CMS_CHECKLIST, NHS_CHECKLIST, cite
from auditor.openness.reading.pictures import to_look_at
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="PII-13",
    title="Screenshots, photographs and documents were looked at",
    question="Do screenshots, photographs or documents show personal data, or say where and by whom they were made?",
    why="A picture is searched by nobody, and read by everybody.",
    remediation="Open each one; take out what shows people or internal systems, and strip the metadata.",
    effort=Effort.HOURS,
    who="tech lead",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(cite(NHS_CHECKLIST, "screenshots and figures"), cite(CMS_CHECKLIST, "inspect images")),
)
def images_and_documents(context: CheckContext) -> Answer:
    """Screenshots, photographs and documents were looked at."""
    found = [Evidence(reason, path=path) for path, reason in to_look_at(context)]
    return failed(*found) if found else passed("no screenshot, photograph or document needs a look")
