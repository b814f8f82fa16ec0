"""SUP-03: no old alerts on dependencies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from auditor.model.check import Evidence, Method
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.files import plural, shortened
from auditor.openness.reading.forge import confirm, told
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_AGREED: Final = timedelta(days=14)
"""What Cyber Essentials gives for updates that mend what is critical or high."""


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
        by.cite(by.CYBER_ESSENTIALS, "Security update management: within 14 days"),
        by.cite(by.OSPS, "OSPS-VM-05.01"),
        by.cite(by.SCORECARD, "Vulnerabilities"),
    ),
)
def dependency_alerts(context: CheckContext) -> Answer:
    """Hold the age of open alerts against the time that Cyber Essentials gives for what is critical or high."""
    facts = told(context)
    alerts = facts.dependency_alerts
    if not isinstance(facts.updates, Hidden) and not facts.updates.alerts:
        return failed("Dependabot alerts are off, so nobody would hear")
    if isinstance(alerts, Hidden):
        where = "Security, Dependabot: no open critical or high alert"
        return confirm(where, "read access to Dependabot alerts", hidden=alerts)
    late = [a for a in alerts if a.fix_known and a.created and context.today - a.created.date() > _AGREED]
    if late:
        shown = [
            Evidence(
                f"{alert.severity}: {alert.package} ({alert.ecosystem}), open since {alert.created:%Y-%m-%d}",
                path=alert.manifest or None,
            )
            for alert in sorted(late, key=lambda alert: (alert.severity != "critical", alert.created, alert.number))
        ]
        return failed(*shortened(shown))
    others = f"; {plural(len(alerts), 'other')} younger or without a published fix" if alerts else ""
    return passed(f"no critical or high alert is open for more than {_AGREED.days} days after a fix{others}")
