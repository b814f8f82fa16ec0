"""SEC-12: no open alert of the forge's secret scanning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import not_checked
from auditor.openness.authorities import GDS_SECRET_AUDITING
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SEC-12",
    title="The forge has no open secret alert",
    question="Does the forge's own secret scanning report anything that nobody has dealt with?",
    why="The forge knows of tokens that their providers confirmed as live.",
    remediation="Go through the alerts on the forge, replace what is real, and close each with its reason.",
    effort=Effort.HOURS,
    who="repository administrator",
    grade=Grade.BLOCKER,
    method=Method.API,
    sources=(GDS_SECRET_AUDITING,),
)
def forge_alerts(_context: CheckContext) -> Answer:
    """No open alert of the forge's secret scanning."""
    return not_checked("The alerts are read from the forge, which was not asked.")
