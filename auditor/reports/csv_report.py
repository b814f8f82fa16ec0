"""CSV, for a spreadsheet: one row for each place of each finding, no cell of which a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from auditor.reports import facts
from auditor.reports.formats import Options, report_format
from auditor.reports.safe_text import safe

if TYPE_CHECKING:
    from auditor.model.finding import Finding, Location
    from auditor.model.report import AuditReport

COLUMNS: Final = (
    "fingerprint", "rule_id", "title", "category", "severity", "confidence", "grade", "masked", "exposure", "path", "line",
    "column", "container", "commit", "authored", "gone", "rotated", "suppressed_by", "reason", "remediation", "link",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@report_format("csv", extension="csv", purpose="a spreadsheet: one row for each place of each finding")
def render_csv(report: AuditReport, _options: Options) -> str:
    """Render findings as quoted rows."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for finding in sorted(report.findings, key=facts.finding_order):
        for location in finding.locations:
            writer.writerow([cell(text) for text in _row(report, finding, location)])
    return out.getvalue()


def cell(text: str) -> str:
    """Return text that a spreadsheet shows and does not compute."""
    text = safe(text)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _row(report: AuditReport, finding: Finding, location: Location) -> tuple[str, ...]:
    suppression = finding.suppression
    return (
        finding.fingerprint,
        finding.rule_id,
        finding.title,
        finding.category,
        finding.severity,
        finding.confidence,
        finding.grade,
        finding.masked,
        location.exposure or "",
        location.path or "",
        "" if location.line is None else str(location.line),
        "" if location.column is None else str(location.column),
        location.container,
        location.commit or "",
        location.authored.isoformat() if location.authored else "",
        location.gone.isoformat() if location.gone else "",
        finding.rotated.isoformat() if finding.rotated else "",
        suppression.source if suppression else "",
        suppression.reason if suppression else "",
        finding.remediation.summary,
        facts.permalink(report, location),
    )
