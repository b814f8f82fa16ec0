"""CLS-01: code that may detect fraud was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import OPEN_OR_CLOSED, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CLS-01",
    title="Fraud detection is looked at",
    question="Is there code that detects fraud?",
    why="Fraud detection is one of three grounds on which code may stay closed.",
    remediation="Say whether these files detect fraud; if so, move them to a package of their own.",
    effort=Effort.HOURS,
    who="service owner",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(cite(OPEN_OR_CLOSED, "Fraud detection algorithms"),),
    mirrors_findings=True,
)
def fraud_detection(context: CheckContext) -> Answer:
    """Code that may detect fraud was looked at."""
    return mirror(context, belongs_to("CLS-01"), "no path and no threshold looks like fraud detection")
