"""PII-01: no National Insurance numbers."""

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
    id="PII-01",
    title="No National Insurance numbers",
    question="Is there a National Insurance number that could be a person's?",
    why="It identifies a person for life.",
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
def national_insurance(context: CheckContext) -> Answer:
    """No National Insurance numbers."""
    return mirror(context, belongs_to("PII-01"), "no National Insurance numbers")
