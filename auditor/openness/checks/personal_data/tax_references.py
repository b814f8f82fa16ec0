"""PII-03: no tax references."""

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
    id="PII-03",
    title="No tax references",
    question="Is there a tax reference of a person or a business?",
    why="It identifies a person or a business to the tax authority.",
    remediation=(
        "Replace it by a made-up value that was never issued; if it is real, tell the data protection lead, and plan "
        "what to do with the history."
    ),
    effort=Effort.HOURS,
    who="information governance lead",
    grade=Grade.MUST,
    sources=(cite(NHS_OPEN_POLICY, "Appendix B: personal data"), cite(UK_GDPR, "article 4")),
    mirrors_findings=True,
)
def tax_references(context: CheckContext) -> Answer:
    """No tax references."""
    return mirror(context, belongs_to("PII-03"), "no tax references")
