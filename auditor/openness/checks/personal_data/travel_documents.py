"""PII-04: no passport or driving licence numbers."""

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
    id="PII-04",
    title="No passport or driving licence numbers",
    question="Is there a passport number, its machine readable zone or a driving licence number?",
    why="It serves to take over somebody's identity.",
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
def travel_documents(context: CheckContext) -> Answer:
    """No passport or driving licence numbers."""
    return mirror(context, belongs_to("PII-04"), "no passport or driving licence numbers")
