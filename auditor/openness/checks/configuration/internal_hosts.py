"""CFG-02: no internal host names."""

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
    id="CFG-02",
    title="No internal host names",
    question="Are there names of hosts that only exist inside?",
    why="They draw the map of the network for an attacker who got a foot in the door.",
    remediation="Replace them by placeholders or read them from the environment; or attest that they are no secret.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(cite(CMS_CHECKLIST, "Code Review: sensitive internal addresses"),),
    mirrors_findings=True,
)
def internal_hosts(context: CheckContext) -> Answer:
    """No internal host names."""
    return mirror(context, belongs_to("CFG-02"), "no internal host names")
