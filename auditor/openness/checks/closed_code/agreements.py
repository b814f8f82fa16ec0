"""CLS-08: no limits by patents or agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import ask
from auditor.openness.authorities import CMS_CHECKLIST, SHARE_IT_ACT, cite
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CLS-08",
    title="No limits by patents or agreements",
    question="Is the code free of patents of others, non-disclosure and data sharing agreements that limit it?",
    why="An agreement can forbid what the licence would allow.",
    remediation="Read the agreements with partners and data owners; take out what they cover.",
    effort=Effort.HOURS,
    who="legal adviser",
    grade=Grade.MUST,
    method=Method.HUMAN,
    sources=(cite(CMS_CHECKLIST, "Questions"), SHARE_IT_ACT),
)
def agreements(_context: CheckContext) -> Answer:
    """No limits by patents or agreements."""
    return ask("Only a person can read the agreements.")
