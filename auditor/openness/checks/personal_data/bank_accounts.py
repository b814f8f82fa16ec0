"""PII-05: no bank accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import NHS_OPEN_POLICY, UK_GDPR, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="PII-05",
    title="No bank accounts",
    question="Is there a sort code with an account number, or an IBAN?",
    why="It identifies a person's account.",
    remediation=(
        "Replace it by a made-up value that was never issued; if it is real, tell the data protection lead, and plan "
        "what to do with the history."
    ),
    effort=Effort.HOURS,
    who="information governance lead",
    grade=Grade.BLOCKER,
    sources=(cite(NHS_OPEN_POLICY, "Appendix B: personal data"), cite(UK_GDPR, "article 4")),
    mirrors_findings=True,
)
def bank_accounts(context: CheckContext) -> Answer:
    """No bank accounts."""
    return mirror(context, belongs_to("PII-05"), "no bank accounts")
