"""CFG-03: no internal addresses or network plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import CMS_CHECKLIST, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CFG-03",
    title="No internal addresses or network plans",
    question="Are there private addresses, network ranges or addresses of government networks?",
    why="A network plan tells where to look next.",
    remediation="Read ranges from the environment or a private overlay; or attest that they are examples.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(cite(CMS_CHECKLIST, "Code Review: sensitive internal addresses"),),
    mirrors_findings=True,
)
def networks(context: CheckContext) -> Answer:
    """No internal addresses or network plans."""
    return mirror(context, belongs_to("CFG-03"), "no internal addresses")
