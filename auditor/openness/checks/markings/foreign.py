"""MRK-05: no markings of other states or sharing communities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import CLASSIFICATIONS, SHARE_IT_ACT, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="MRK-05",
    title="No markings of other states or sharing communities",
    question="Does a document bear a marking of another state, or a traffic light limit?",
    why="Only its originator may widen its circle.",
    remediation="Ask the originator, or take it out.",
    effort=Effort.HOURS,
    who="security adviser",
    grade=Grade.MUST,
    sources=(cite(CLASSIFICATIONS, "international partners"), SHARE_IT_ACT),
    mirrors_findings=True,
)
def foreign(context: CheckContext) -> Answer:
    """No markings of other states or sharing communities."""
    return mirror(context, belongs_to("MRK-05"), "no foreign markings")
