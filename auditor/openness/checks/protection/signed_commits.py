"""PRO-06: commits are signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import plural
from auditor.openness.reading.forge import told
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_LAST = 100
_MOST = 0.9


@check(
    id="PRO-06",
    title="Commits are signed",
    question="Do recent commits carry a signature?",
    why="Anybody can write any author's name into a commit; a signature shows who made it.",
    remediation="Set up signing for everybody, then require signed commits on the default branch.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.INFO,
    sources=(
        by.cite(by.NHS_SECURING, "Branch protection: require signed commits"),
        by.cite(by.SPC_HISTORY, "Requirements (OPTIONAL)"),
    ),
)
def signed_commits(context: CheckContext) -> Answer:
    """Count signatures among the newest commits; whether they are valid was not looked at."""
    protection = told(context).protection
    if not isinstance(protection, Hidden) and any(guard.signatures for guard in protection.guards):
        return passed("the default branch takes signed commits only")
    newest = list(context.view.commits[:_LAST])
    if not newest:
        return not_applicable("no commits")
    signed = sum(1 for commit in newest if commit.signed)
    text = f"{signed} of the newest {plural(len(newest), 'commit')} carry a signature (not verified)"
    return (passed if signed >= _MOST * len(newest) else failed)(Evidence(text, count=signed))
