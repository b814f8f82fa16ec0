"""CLS-04: every closed part has a valid exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.authorities import AI_AND_OPEN_CODE, SERVICE_STANDARD, cite
from auditor.openness.exceptions import faults
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CLS-04",
    title="Every closed part has a valid exception",
    question="Does each path that stays closed have an exception with a threat model, an approver and a date of review?",
    why="A closure that nobody has to renew lasts for ever.",
    remediation="Write the exception: attacker, what publication adds, path to harm, approver, review within 12 months.",
    effort=Effort.HOURS,
    who="service owner",
    grade=Grade.BLOCKER,
    sources=(
        cite(AI_AND_OPEN_CODE, "make exceptions explicit and reviewable"),
        cite(SERVICE_STANDARD, "a convincing explanation for specific subsets"),
    ),
)
def exceptions(context: CheckContext) -> Answer:
    """Every closed part has a valid exception."""
    book = context.book
    if not book.exceptions and book.intended == "open":
        return not_applicable("Everything is to be opened.")
    if not book.exceptions:
        return failed(Evidence(f"intended is {book.intended!r}, and no exception says why", path=book.path or None))
    wrong = [
        Evidence(f"the exception {entry.id} {fault}", path=book.path or None, line=entry.line)
        for entry in book.exceptions
        for fault in faults(entry, context.today)
    ]
    return failed(*wrong) if wrong else passed(*(f"{e.id}: {', '.join(e.paths)} until {e.review_by}" for e in book.exceptions))
