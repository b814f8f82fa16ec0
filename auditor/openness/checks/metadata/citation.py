"""MET-03: CITATION.cff is valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.reading.metadata import judged
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="MET-03",
    title="CITATION.cff is valid",
    question="If there is a CITATION.cff, does it hold what its format asks for?",
    why="Forges and libraries make the reference from it; an invalid one is shown to nobody.",
    remediation="Correct the keys that are named, or remove the file.",
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.INFO,
    sources=(by.CITATION,),
)
def citation(context: CheckContext) -> Answer:
    """Hold it against the mandatory part of the format."""
    return judged(context, ("CITATION.cff",), "citation")
