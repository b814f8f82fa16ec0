"""MRK-02: no document is marked Official-Sensitive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import CLASSIFICATIONS, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="MRK-02",
    title="No Official-Sensitive markings",
    question="Does a document bear the marking Official-Sensitive?",
    why="Its owner said that it needs protection; only the owner can say otherwise.",
    remediation="Ask the owner; take it out, or attest that it is text of a screen or a rule and no marking.",
    effort=Effort.HOURS,
    who="security adviser",
    grade=Grade.BLOCKER,
    method=Method.CANDIDATES,
    sources=(cite(CLASSIFICATIONS, "Official-Sensitive"),),
    mirrors_findings=True,
)
def official_sensitive(context: CheckContext) -> Answer:
    """No document is marked Official-Sensitive."""
    return mirror(context, belongs_to("MRK-02"), "no Official-Sensitive marking")
