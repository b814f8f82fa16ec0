"""SEC-08: no connection string or address with a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import NHS_CHECKLIST, OPEN_OR_CLOSED, cite
from auditor.openness.mirror import mirror
from auditor.openness.registry import check
from auditor.openness.subjects import is_address_with_password

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SEC-08",
    title="No connection string with a password",
    question="Is there an address or connection string that carries a password?",
    why="It tells where the service is and opens it, in one line.",
    remediation="Replace the secret at its provider, move the new one out of the repository, and record the rotation.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.BLOCKER,
    sources=(cite(NHS_CHECKLIST, "connection strings"), cite(OPEN_OR_CLOSED, "Keys and credentials")),
    mirrors_findings=True,
)
def addresses(context: CheckContext) -> Answer:
    """No connection string or address with a password."""
    return mirror(context, is_address_with_password, "no connection string or address with a password")
