"""PII-02: no NHS, CHI or health and care numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import NHS_OPEN_POLICY, UK_GDPR_9, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="PII-02",
    title="No NHS, CHI or health and care numbers",
    question="Is there a health service number that could be a person's?",
    why="It opens the way to a person's health record.",
    remediation=(
        "Replace it by a made-up value that was never issued; if it is real, tell the data protection lead, and plan "
        "what to do with the history."
    ),
    effort=Effort.HOURS,
    who="information governance lead",
    grade=Grade.BLOCKER,
    sources=(cite(NHS_OPEN_POLICY, "Appendix B: personal data"), UK_GDPR_9),
    mirrors_findings=True,
)
def health_numbers(context: CheckContext) -> Answer:
    """No NHS, CHI or health and care numbers."""
    return mirror(context, belongs_to("PII-02"), "no health service numbers")
