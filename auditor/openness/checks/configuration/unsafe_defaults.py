"""CFG-07: no default administrator and no debug switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import AI_AND_OPEN_CODE, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CFG-07",
    title="No default administrator or debug switch",
    question="Does the shipped configuration have default administrator credentials or debugging switched on?",
    why="Whoever runs the code as it is runs it open.",
    remediation="Ask for credentials at set-up, and switch debugging off by default.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(cite(AI_AND_OPEN_CODE, "secure by design practice"),),
    mirrors_findings=True,
)
def unsafe_defaults(context: CheckContext) -> Answer:
    """No default administrator and no debug switch."""
    return mirror(context, belongs_to("CFG-07"), "no default administrator and no debug switch")
