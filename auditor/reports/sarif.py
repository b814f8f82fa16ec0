"""SARIF 2.1.0, for code scanning: findings of HEAD only, unless the history is asked for.

Code scanning models one state of the files: an alert for a secret that only history holds would close by itself while the
secret is still public. Findings without a file are told in a notification. GitHub takes 25,000 results of a run.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from auditor.model.levels import Confidence, Exposure, Severity
from auditor.reports import facts, words
from auditor.reports.formats import Options, report_format
from auditor.reports.safe_text import safe, shorten

if TYPE_CHECKING:
    from auditor.model.finding import Finding, Location
    from auditor.model.report import AuditReport

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST_RESULTS: Final = 25_000
_MOST_RELATED: Final = 20
_LEVEL: Final = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_SECURITY_SEVERITY: Final = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
    Severity.INFO: "1.0",
}
_PRECISION: Final = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
_IN_FILES: Final = (Exposure.HEAD, Exposure.UNCOMMITTED)


@report_format("sarif", extension="sarif", purpose="code scanning: findings of the current files")
def render_sarif(report: AuditReport, options: Options) -> str:
    """Render findings as one SARIF run."""
    chosen = [
        (finding, places) for finding in sorted(report.findings, key=facts.finding_order) if (places := _places(finding, options))
    ]
    rule_ids = sorted({finding.rule_id for finding, _ in chosen})
    index = {rule_id: number for number, rule_id in enumerate(rule_ids)}
    first = {rule_id: next(finding for finding, _ in chosen if finding.rule_id == rule_id) for rule_id in rule_ids}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "rules": [_rule(first[rule_id]) for rule_id in rule_ids],
            }
        },
        "automationDetails": {"id": "auditor/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, len(chosen))],
        "results": [_result(finding, places, index[finding.rule_id]) for finding, places in chosen[:_MOST_RESULTS]],
    }
    address = facts.forge_address(report.target.remote)
    if address and report.target.head:
        run["versionControlProvenance"] = [{"repositoryUri": address, "revisionId": report.target.head}]
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _places(finding: Finding, options: Options) -> list[Location]:
    return [place for place in finding.locations if place.path is not None and (options.history or place.exposure in _IN_FILES)]


def _invocation(report: AuditReport, shown: int) -> dict[str, Any]:
    notes = [f"{group.count} {group.what}: {group.reason}" for group in report.coverage.groups]
    left = len(report.findings) - shown
    if left:
        notes.append(f"{words.count(left, 'finding')} outside the current files are in the full report only.")
    notes.append(facts.sentence(report))
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [{"level": "note", "message": {"text": safe(note)}} for note in notes],
    }


def _rule(finding: Finding) -> dict[str, Any]:
    steps = [
        safe(finding.remediation.summary),
        *(f"{number}. {safe(step)}" for number, step in enumerate(finding.remediation.steps, 1)),
    ]
    description = safe(finding.description or finding.title)
    rule: dict[str, Any] = {
        "id": safe(finding.rule_id),
        "name": safe(finding.rule_id),
        "shortDescription": {"text": safe(finding.title)},
        "fullDescription": {"text": description},
        "help": {"text": "\n".join([description, "", *steps])},
        "defaultConfiguration": {"level": _LEVEL[finding.severity]},
        "properties": {
            "tags": ["security", finding.category.value],
            "precision": _PRECISION[finding.confidence],
            "security-severity": _SECURITY_SEVERITY[finding.severity],
        },
    }
    links = [link for reference in finding.references if (link := facts.web_link(reference))]
    if links:
        rule["helpUri"] = links[0]
    return rule


def _result(finding: Finding, places: list[Location], rule_index: int) -> dict[str, Any]:
    first, *others = places
    result: dict[str, Any] = {
        "ruleId": safe(finding.rule_id),
        "ruleIndex": rule_index,
        "level": _LEVEL[finding.severity],
        "message": {"text": f"{safe(finding.title)}: {safe(finding.masked)}. {safe(finding.remediation.summary)}".strip()},
        "locations": [_location(first)],
        "partialFingerprints": {"auditorFingerprint/v1": safe(finding.fingerprint)},
        "properties": {
            "severity": finding.severity.value,
            "confidence": finding.confidence.value,
            "exposure": [exposure.value for exposure in finding.exposure],
            "masked": safe(finding.masked),
        },
    }
    if others:
        result["relatedLocations"] = [{"id": number, **_location(other)} for number, other in enumerate(others[:_MOST_RELATED], 1)]
    if finding.suppression is not None:
        inline = finding.suppression.source == "inline"
        justification = shorten(f"{finding.suppression.source}: {finding.suppression.reason}", 1000)
        result["suppressions"] = [
            {"kind": "inSource" if inline else "external", "status": "accepted", "justification": justification}
        ]
    return result


def _location(place: Location) -> dict[str, Any]:
    uri = quote(place.path or "", errors="surrogatepass" if _has_lone_surrogate(place.path or "") else "surrogateescape")
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}
    if place.line is not None and place.line >= 1 and not place.container:
        physical["region"] = {"startLine": place.line}
        if place.column is not None and place.column >= 1:
            physical["region"]["startColumn"] = place.column
    location: dict[str, Any] = {"physicalLocation": physical}
    notes = [f"inside {safe(place.container)}"] if place.container else []
    if place.commit and place.exposure not in _IN_FILES:
        notes.append(f"in commit {safe(place.commit)}")
    if notes:
        location["message"] = {"text": ", ".join(notes)}
    return location


def _has_lone_surrogate(path: str) -> bool:
    """Tell whether a path holds surrogates that stand for no byte."""
    try:
        path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return True
    return False
