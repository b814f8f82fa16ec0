"""MRK-01: no document is marked SECRET or TOP SECRET."""

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
    id="MRK-01",
    title="No SECRET or TOP SECRET markings",
    question="Does a document bear a marking of the upper tiers?",
    why="Such material does not belong on this system at all.",
    remediation=(
        "Stop, ask the owner of the document, and take it out; if the marking is real, publishing it is a security incident."
    ),
    effort=Effort.DAYS,
    who="security adviser",
    grade=Grade.BLOCKER,
    sources=(cite(CLASSIFICATIONS, "tiers"),),
    mirrors_findings=True,
)
def secret(context: CheckContext) -> Answer:
    """No document is marked SECRET or TOP SECRET."""
    return mirror(context, belongs_to("MRK-01"), "no SECRET or TOP SECRET marking")
