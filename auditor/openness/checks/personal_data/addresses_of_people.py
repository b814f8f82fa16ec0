"""PII-08: no addresses or birth dates of people."""

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
    id="PII-08",
    title="No addresses or birth dates of people",
    question="Is there a postal address or date of birth beside a name?",
    why="Together they identify a person.",
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
def addresses_of_people(context: CheckContext) -> Answer:
    """No addresses or birth dates of people."""
    return mirror(context, belongs_to("PII-08"), "no addresses or birth dates of people")
