"""MET-04: security-insights.yml is valid."""

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
    id="MET-04",
    title="security-insights.yml is valid",
    question="If there is a security-insights.yml, does it hold what its specification asks for?",
    why="Tools that judge the security of open projects read it.",
    remediation="Correct the keys that are named, or remove the file.",
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.INFO,
    sources=(by.SECURITY_INSIGHTS,),
)
def security_insights(context: CheckContext) -> Answer:
    """Hold it against the mandatory part of the specification."""
    names = ("security-insights.yml", ".github/security-insights.yml", ".gitlab/security-insights.yml", "SECURITY-INSIGHTS.yml")
    return judged(context, names, "security-insights")
