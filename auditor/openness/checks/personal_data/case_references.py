"""PII-07: no references of cases and persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import NHS_OPEN_POLICY, UK_GDPR, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="PII-07",
    title="No references of cases and persons",
    question="Is there a reference of a pupil, prisoner, applicant or case, or an identifier of another state?",
    why="Staff of the service can tell whose it is.",
    remediation=(
        "Replace it by a made-up value that was never issued; if it is real, tell the data protection lead, and plan "
        "what to do with the history."
    ),
    effort=Effort.HOURS,
    who="information governance lead",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(cite(NHS_OPEN_POLICY, "Appendix B: personal data"), cite(UK_GDPR, "article 4")),
    mirrors_findings=True,
)
def case_references(context: CheckContext) -> Answer:
    """No references of cases and persons."""
    return mirror(context, belongs_to("PII-07"), "no references of cases or persons")
