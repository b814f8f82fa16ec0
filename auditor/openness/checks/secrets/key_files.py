"""SEC-06: no private key, keystore or credential file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import CMS_CHECKLIST, OPEN_OR_CLOSED, OSPS, cite
from auditor.openness.mirror import mirror
from auditor.openness.registry import check
from auditor.openness.subjects import is_key_file

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SEC-06",
    title="No private key or keystore",
    question="Is there a private key, a keystore or a file that exists to hold credentials?",
    why="A key file opens what it was made for, wherever it is copied.",
    remediation="Make a new key, put it into a secret manager, take the old one out of use and record the rotation.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.BLOCKER,
    sources=(
        cite(OPEN_OR_CLOSED, "Keys and credentials"),
        cite(OSPS, "OSPS-BR-07.01"),
        cite(CMS_CHECKLIST, "Review Commit History"),
    ),
    mirrors_findings=True,
)
def key_files(context: CheckContext) -> Answer:
    """No private key, keystore or credential file."""
    return mirror(context, is_key_file, "no private key, keystore or credential file")
