"""Workflow commands of GitHub: a note beside the line, at most ten of each kind in a step, the worst first.

What would end the command or begin another is escaped as the platform asks: `%`, CR and LF, and in properties `:` and `,`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.model.levels import Exposure, Severity
from auditor.reports import facts, words
from auditor.reports.formats import Options, report_format
from auditor.reports.safe_text import safe

if TYPE_CHECKING:
    from auditor.model.finding import Finding
    from auditor.model.report import AuditReport

_KINDS: Final = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
    Severity.INFO: "notice",
}
_MOST: Final = 10


@report_format("annotations", extension="txt", purpose="workflow commands of GitHub: notes beside lines of the current files")
def render_annotations(report: AuditReport, options: Options) -> str:
    """Render notes for open findings of the current files; `limit` is the most of each kind."""
    most = options.limit or _MOST
    shown: dict[str, list[str]] = {"error": [], "warning": [], "notice": []}
    left = 0
    for finding in facts.counted(report.findings):
        place = next((one for one in finding.locations if one.path and one.exposure in (Exposure.HEAD, Exposure.UNCOMMITTED)), None)
        kind = _KINDS[finding.severity]
        # The last notice is kept for the line that says how many are left.
        if place is None or len(shown[kind]) >= most - (kind == "notice"):
            left += 1
            continue
        properties = {"file": place.path or "", "line": str(place.line) if place.line else "", "title": finding.title}
        shown[kind].append(command(kind, message(finding), properties))
    if left:
        text = f"{words.count(left, 'finding')} more: in the summary and in the full report."
        shown["notice"].append(command("notice", text, {"title": words.FINDINGS}))
    return "".join(f"{line}\n" for kind in ("error", "warning", "notice") for line in shown[kind])


def message(finding: Finding) -> str:
    """Say what was found and what to do, without the value."""
    return f"{finding.title} ({finding.masked}). {finding.remediation.summary} [{finding.rule_id}, {finding.fingerprint}]"


def command(kind: str, text: str, properties: dict[str, str]) -> str:
    """Write one workflow command."""
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{kind} {written}::{_data(text)}"


def _data(text: str) -> str:
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
