"""MRK-04: no markings of the scheme before 2014."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import CLASSIFICATIONS, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="MRK-04",
    title="No markings of the scheme before 2014",
    question="Does a document bear RESTRICTED, CONFIDENTIAL or PROTECT as a marking?",
    why="Old markings stay valid until the owner reviews them.",
    remediation="Ask the owner to review the document.",
    effort=Effort.HOURS,
    who="security adviser",
    grade=Grade.MUST,
    sources=(cite(CLASSIFICATIONS, "legacy material"),),
    mirrors_findings=True,
)
def legacy(context: CheckContext) -> Answer:
    """No markings of the scheme before 2014."""
    return mirror(context, belongs_to("MRK-04"), "no markings of the older scheme")
