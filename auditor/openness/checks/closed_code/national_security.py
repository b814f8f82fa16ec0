"""CLS-07: no limits by export control, national security or law enforcement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import ask
from auditor.openness.authorities import OPEN_OR_CLOSED, SHARE_IT_ACT
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CLS-07",
    title="No limits by export control, security or law enforcement",
    question="Is the code free of limits by export control, national security or the methods of law enforcement?",
    why="Publishing such code can be an offence.",
    remediation="Ask the security adviser before anything else.",
    effort=Effort.DAYS,
    who="security adviser",
    grade=Grade.BLOCKER,
    method=Method.HUMAN,
    sources=(SHARE_IT_ACT, OPEN_OR_CLOSED),
)
def national_security(_context: CheckContext) -> Answer:
    """No limits by export control, national security or law enforcement."""
    return ask("Only a person can say.")
