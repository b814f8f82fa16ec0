"""CLS-06: the public body owns the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import ask
from auditor.openness.authorities import OPEN_SOFTWARE_LICENCES, SERVICE_MANUAL, cite
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CLS-06",
    title="The public body owns the code",
    question="Does the body own all of this code, or hold the right to publish it?",
    why="What a supplier wrote may be published only if the contract gave the rights away.",
    remediation="Read the contract; have the rights assigned, or take the part out.",
    effort=Effort.HOURS,
    who="commercial lead",
    grade=Grade.BLOCKER,
    method=Method.HUMAN,
    sources=(cite(OPEN_SOFTWARE_LICENCES, "software that was commissioned"), SERVICE_MANUAL),
)
def ownership_of_rights(_context: CheckContext) -> Answer:
    """The public body owns the code."""
    return ask("Only a person can read the contracts.")
