"""MRK-06: no sensitivity labels in documents."""

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
    id="MRK-06",
    title="No sensitivity labels in documents",
    question="Does an office document or PDF carry a sensitivity label in its properties?",
    why="The label says how the organisation classified it, also where no page shows it.",
    remediation="Ask the owner whether the label may be lowered, or take the document out.",
    effort=Effort.HOURS,
    who="security adviser",
    grade=Grade.BLOCKER,
    sources=(cite(CLASSIFICATIONS, "marking of electronic documents"),),
    mirrors_findings=True,
)
def labels(context: CheckContext) -> Answer:
    """No sensitivity labels in documents."""
    return mirror(context, belongs_to("MRK-06"), "no sensitivity labels")
