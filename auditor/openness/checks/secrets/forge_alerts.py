"""SEC-12: no open alert of the forge's secret scanning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.forge import NOT_ASKED, Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import failed, not_checked, passed
from auditor.openness.authorities import GDS_SECRET_AUDITING
from auditor.openness.mirror import is_secret, open_findings
from auditor.openness.reading.alerts import compare
from auditor.openness.reading.files import plural, shortened
from auditor.openness.reading.forge import told
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.model.forge import SecretAlert
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
def forge_alerts(context: CheckContext) -> Answer:
    """Hold the forge's open alerts against our findings: who saw what, by place and type; never a value."""
    facts = told(context)
    parts = (facts.secret_alerts, facts.generic_alerts)
    unseen = [part for part in parts if isinstance(part, Hidden)]
    if unseen == [NOT_ASKED, NOT_ASKED]:
        return not_checked("The alerts are read from the forge, which was not asked.")
    alerts = tuple({alert.number: alert for part in parts if not isinstance(part, Hidden) for alert in part}.values())
    if unseen and not alerts:
        return not_checked(f"The forge was asked for its alerts: {unseen[0]}.")
    ours = [finding for finding in open_findings(context) if is_secret(finding)]
    seen = compare(alerts, ours)
    counts = Evidence(
        f"seen by both: {len(seen.both)}; only by the forge: {len(seen.only_theirs)}; "
        f"only by this tool: {plural(len(seen.only_ours), 'finding')}",
        count=len(alerts),
    )
    if not alerts:
        return passed("no open alert on the forge", counts)
    shown = [_shown(alert, f"found here too, as “{finding.title}”") for alert, finding in seen.both]
    shown += [_shown(alert, "not found here") for alert in seen.only_theirs]
    return failed(counts, *shortened(shown, 40))


def _shown(alert: SecretAlert, here: str) -> Evidence:
    said = [f"alert {alert.number}: {alert.title}", here]
    if alert.validity == "active":
        said.append("its provider says that it is live")
    if alert.publicly_leaked:
        said.append("seen in public elsewhere")
    if alert.bypassed:
        said.append("push protection was bypassed for it")
    if isinstance(alert.places, Hidden) or not alert.places:
        return Evidence("; ".join([*said, "its place was not shown"]))
    first = alert.places[0]
    if not first.path:
        said.append(f"in {first.sort.replace('_', ' ')}")
    return Evidence("; ".join(said), path=first.path or None, line=first.line or None, commit=first.commit or None)
