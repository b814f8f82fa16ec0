"""SUP-03: no old alerts on dependencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.reading.forge import confirm
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SUP-03",
    title="No serious dependency alert is overdue",
    question="Are all critical and high alerts on dependencies younger than the agreed time to fix?",
    why="A known weakness in open code is an invitation.",
    remediation="Update or replace the dependency, or dismiss the alert with a reason.",
    effort=Effort.DAYS,
    who="developer",
    grade=Grade.MUST,
    method=Method.API,
    sources=(
        by.cite(by.AI_AND_OPEN_CODE, "Recommendation 4: patch SLAs"),
        by.cite(by.OSPS, "OSPS-VM-05.01"),
        by.cite(by.SCORECARD, "Vulnerabilities"),
    ),
)
def dependency_alerts(context: CheckContext) -> Answer:
    """Only the forge knows."""
    del context
    return confirm("Security, Dependabot: no open critical or high alert", "read access to Dependabot alerts")
