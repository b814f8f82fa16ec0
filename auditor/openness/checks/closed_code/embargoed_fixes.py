"""CLS-10: no weakness is disclosed by opening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import ask
from auditor.openness.authorities import CODING_IN_THE_OPEN, NHS_OPEN_POLICY, cite
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CLS-10",
    title="No weakness is disclosed by opening",
    question="Does the repository hold a fix or a report of a weakness that is not public yet?",
    why="Opening now would tell attackers before users can update.",
    remediation="Finish the fix in private, release it, and open afterwards.",
    effort=Effort.HOURS,
    who="security engineer",
    grade=Grade.MUST,
    method=Method.HUMAN,
    sources=(cite(CODING_IN_THE_OPEN, "deal with vulnerabilities"), cite(NHS_OPEN_POLICY, "4h")),
)
def embargoed_fixes(_context: CheckContext) -> Answer:
    """No weakness is disclosed by opening."""
    return ask("Only a person knows what is under embargo.")
