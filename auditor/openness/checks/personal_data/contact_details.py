"""PII-09: no personal contact details."""

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
    id="PII-09",
    title="No personal e-mail addresses or telephone numbers",
    question="Are there e-mail addresses or telephone numbers of persons rather than of roles?",
    why="People get mail and calls that they did not ask for.",
    remediation="Use the mailbox of a team, and numbers from the ranges kept for fiction.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.SHOULD,
    sources=(cite(NHS_OPEN_POLICY, "Appendix B: personal data"), cite(UK_GDPR, "article 5(1)(c)")),
    mirrors_findings=True,
)
def contact_details(context: CheckContext) -> Answer:
    """No personal contact details."""
    return mirror(context, belongs_to("PII-09"), "no personal contact details")
