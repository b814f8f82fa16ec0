"""MRK-03: no handling instructions, descriptors or caveats."""

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
    id="MRK-03",
    title="No handling instructions or caveats",
    question="Does a document bear a handling instruction, a descriptor, a caveat or a code word?",
    why="It limits who may read the document.",
    remediation="Ask the owner; take it out, or say why it is no marking.",
    effort=Effort.HOURS,
    who="security adviser",
    grade=Grade.BLOCKER,
    sources=(cite(CLASSIFICATIONS, "additional markings"),),
    mirrors_findings=True,
)
def handling(context: CheckContext) -> Answer:
    """No handling instructions, descriptors or caveats."""
    return mirror(context, belongs_to("MRK-03"), "no handling instructions or caveats")
