"""From a report to what is stored of it: rows, a summary, and the report itself, compressed."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from auditor.model.levels import Confidence, Effort
from auditor.model.rule import Category
from auditor.openness.grading import is_cleared, is_rotated
from auditor.openness.nearest import hours
from auditor.org.outcome import CheckRow, FindingRow, Judged
from auditor.reports.json_report import document
from auditor.reports.read import read_report

if TYPE_CHECKING:
    from datetime import date, datetime

    from auditor.model.finding import Finding
    from auditor.model.organisation import NotVisible
    from auditor.model.report import AuditReport

LINKED: Final = frozenset({Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY})
"""What is a secret: linked between repositories, and counted as open until it is rotated."""

_SHELF_LIFE: Final = timedelta(days=30)
"""A report older than this is made anew even where nothing moved: checks look at ages."""

_DORMANT: Final = timedelta(days=365)
_OWNER: Final = "OWN-01"


def judged(report: AuditReport, state: str, not_visible: tuple[NotVisible, ...] = ()) -> Judged:
    """Return what is stored of a report, and of what the forge did not tell for it."""
    floor = Confidence(dict(report.tool.settings).get("min_confidence", Confidence.MEDIUM))
    rows = tuple(_finding(finding, floor) for finding in report.findings)
    return Judged(
        generated=report.generated,
        state=state,
        findings=rows,
        checks=tuple(CheckRow(c.check_id, c.info.title, c.info.group, c.outcome.value, c.grade.value) for c in report.checks),
        answers=report.deadlines,
        stale_from=_stale_from(report),
        summary=_summary(report, rows) | {"not_visible": [asdict(item) for item in not_visible]},
        document=pack(report),
    )


def is_open_secret(row: FindingRow) -> bool:
    """Tell whether a finding is a secret of which nobody says that it was replaced or is none."""
    return row.category in LINKED and row.standing == "open"


def pack(report: AuditReport) -> bytes:
    """Return the report as compressed JSON."""
    return zlib.compress(json.dumps(document(report), separators=(",", ":")).encode("ascii"), 6)


def unpack(data: bytes, name: str) -> AuditReport:
    """Return a report that was stored."""
    return read_report(zlib.decompress(data).decode("ascii"), name=name)


def _finding(finding: Finding, floor: Confidence) -> FindingRow:
    return FindingRow(
        fingerprint=finding.fingerprint,
        rule_id=finding.rule_id,
        category=finding.category.value,
        title=finding.title,
        severity=finding.severity.value,
        confidence=finding.confidence.value,
        exposure=finding.exposure[0].value,
        masked=finding.masked,
        standing=_standing(finding, floor),
        rotated=finding.rotated,
        places=len(finding.locations),
        first_seen=finding.first_seen,
        link=finding.link if finding.category in LINKED else "",
    )


def _standing(finding: Finding, floor: Confidence) -> str:
    if is_rotated(finding):
        return "rotated"
    if is_cleared(finding):
        return "suppressed"
    return "open" if finding.confidence.rank >= floor.rank else "doubtful"


def _stale_from(report: AuditReport) -> date:
    """Return the day from which the same content may be judged otherwise: the day after the next answer ends, or a month on."""
    today = report.generated.date()
    ends = [deadline.until + timedelta(days=1) for deadline in report.deadlines if deadline.until >= today]
    return min([today + _SHELF_LIFE, *ends])


def _summary(report: AuditReport, rows: tuple[FindingRow, ...]) -> dict[str, Any]:
    verdict, plain = report.verdict, document(report)
    route = verdict.route
    efforts = [blocker.effort for blocker in (*route.blockers, *route.attestations_due)]
    counting = Counter(row.severity for row in rows if row.standing == "open")
    last = report.target.last_commit
    return {
        "decision": verdict.decision.value,
        "full_history": verdict.full_history.decision.value,
        "fresh_history": verdict.fresh_history.decision.value,
        "open_secrets": sum(is_open_secret(row) for row in rows),
        "intended": verdict.intended,
        "maturity": verdict.maturity,
        "nearest": verdict.nearest,
        "effort": max(efforts, key=lambda effort: effort.rank, default=Effort.MINUTES).value if efforts else None,
        "hours": hours(route),
        "blockers": plain["verdict"]["blockers"],
        "attestations_due": plain["verdict"]["attestations_due"],
        "findings": dict(sorted(counting.items())),
        "gaps": plain["coverage"]["skipped"],
        "complete": report.coverage.complete,
        "commits": report.coverage.commits,
        "blobs": report.coverage.blobs,
        "last_commit": last.isoformat() if last else None,
        "unowned": any(c.check_id == _OWNER and c.outcome.value == "fail" for c in report.checks),
        "dormant": _dormant(last, report.generated),
    }


def _dormant(last: datetime | None, now: datetime) -> bool:
    return last is not None and now - last > _DORMANT
