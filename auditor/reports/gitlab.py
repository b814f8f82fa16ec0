"""The two JSON reports that GitLab shows in merge requests: code quality, and secret detection (schema 15).

Code quality is about the current files, so it holds what HEAD holds. Secret detection holds what any commit holds.
Neither carries the source line: GitLab's optional extract of it would be the secret.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from auditor.model.levels import Exposure, Severity
from auditor.model.rule import Category
from auditor.reports import facts
from auditor.reports.formats import Options, report_format
from auditor.reports.safe_text import safe, shorten

if TYPE_CHECKING:
    from auditor.model.finding import Finding, Location
    from auditor.model.report import AuditReport

_QUALITY: Final = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}
_SECRETS: Final = (Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY)
_NO_COMMIT: Final = "0" * 40
_LONGEST_NAME: Final = 255
_LONGEST_SOLUTION: Final = 7000


@report_format("gitlab-codequality", extension="json", purpose="GitLab code quality: findings of the current files")
def render_code_quality(report: AuditReport, _options: Options) -> str:
    """Render what the current files hold."""
    issues = [
        {
            "description": f"{safe(finding.title)}: {safe(finding.masked)}. {safe(finding.remediation.summary)}",
            "check_name": safe(finding.rule_id),
            "fingerprint": _digest(finding, location),
            "severity": _QUALITY[finding.severity],
            "location": {"path": safe(location.path), "lines": {"begin": location.line or 1}},
        }
        for finding in facts.counted(report.findings)
        for location in finding.locations
        if location.path is not None and location.exposure in (Exposure.HEAD, Exposure.UNCOMMITTED)
    ]
    return json.dumps(issues, indent=2) + "\n"


@report_format("gitlab-secrets", extension="json", purpose="GitLab secret detection: keys and credentials in any commit")
def render_secret_detection(report: AuditReport, _options: Options) -> str:
    """Render secrets, one vulnerability for each place."""
    moment = report.generated.strftime("%Y-%m-%dT%H:%M:%S")
    who = {"id": report.tool.name, "name": report.tool.name, "version": report.tool.version, "vendor": {"name": report.tool.name}}
    document = {
        "version": "15.0.1",
        "scan": {
            "analyzer": who,
            "scanner": who,
            "type": "secret_detection",
            "start_time": moment,
            "end_time": moment,
            "status": "success",
            "messages": [
                {"level": "warn", "value": safe(f"Not looked at: {group.count} {group.what}, {group.reason}")}
                for group in report.coverage.groups
            ],
        },
        "vulnerabilities": [
            _vulnerability(finding, location)
            for finding in facts.counted(report.findings)
            if finding.category in _SECRETS
            for location in finding.locations
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _vulnerability(finding: Finding, location: Location) -> dict[str, Any]:
    links = [link for reference in finding.references if (link := facts.web_link(reference))]
    where: dict[str, Any] = {"commit": {"sha": safe(location.commit or _NO_COMMIT)}}
    if location.path is not None:
        where["file"] = safe(location.path)
    if location.line is not None:
        where["start_line"] = where["end_line"] = location.line
    return {
        "id": _digest(finding, location),
        "name": shorten(finding.title, _LONGEST_NAME),
        "description": f"{safe(finding.description or finding.title)} ({safe(finding.masked)})",
        "severity": finding.severity.value.capitalize(),
        "solution": shorten(" ".join((finding.remediation.summary, *finding.remediation.steps)), _LONGEST_SOLUTION),
        "identifiers": [
            {"type": "auditor_rule_id", "name": f"auditor rule {safe(finding.rule_id)}", "value": safe(finding.rule_id)}
        ],
        "links": [{"url": link} for link in links],
        "location": where,
    }


def _digest(finding: Finding, location: Location) -> str:
    """Name a place of a finding; made of what is public in the report, never of the value."""
    parts = (
        finding.fingerprint,
        finding.rule_id,
        location.path or "",
        str(location.line),
        location.container,
        location.commit or "",
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
