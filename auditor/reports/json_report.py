r"""JSON: everything that the report holds, in the published shape of `schema.json`.

Fields are added over time, never renamed or removed. All characters outside ASCII are escaped, so that the text is the same
in every terminal and no control or direction character reaches one; bytes that are no UTF-8 are written as `\xNN`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from auditor.model.report import SCHEMA_VERSION
from auditor.reports.formats import Options, report_format
from auditor.reports.safe_text import encodable

if TYPE_CHECKING:
    from auditor.model.check import CheckResult, Source
    from auditor.model.coverage import Coverage
    from auditor.model.finding import Finding, Location
    from auditor.model.report import AuditReport
    from auditor.model.verdict import Blocker, Route, Verdict


def schema() -> str:
    """Return the published JSON Schema of this format, as `auditor schema` prints it."""
    return files("auditor.reports").joinpath("schema.json").read_text(encoding="utf-8")


@report_format("json", extension="json", purpose="everything, for machines; the shape is published by `auditor schema`")
def render_json(report: AuditReport, _options: Options) -> str:
    """Render the whole report."""
    return json.dumps(document(report), indent=2) + "\n"


def document(report: AuditReport) -> dict[str, Any]:
    """Return the report as plain JSON values."""
    target = asdict(report.target)
    tool = asdict(report.tool)
    tool["settings"] = dict(report.tool.settings)
    plain: dict[str, Any] = plain_values(
        {
            "schema_version": SCHEMA_VERSION,
            "generated": report.generated,
            "tool": tool,
            "target": target,
            "coverage": _coverage(report.coverage),
            "findings": [_finding(finding) for finding in report.findings],
            "checks": [_check(check) for check in report.checks],
            "verdict": _verdict(report.verdict),
            "attestations": [asdict(attestation) for attestation in report.attestations],
            "warnings": list(report.warnings),
            "ways": [asdict(way) for way in report.ways],
            "deadlines": [asdict(deadline) for deadline in report.deadlines],
        }
    )
    return plain


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "complete": coverage.complete,
        "tip_complete": coverage.tip_complete,
        "refs": coverage.refs,
        "commits": coverage.commits,
        "blobs": coverage.blobs,
        "bytes": coverage.bytes,
        "files": coverage.files,
        "skipped": [asdict(group) for group in coverage.groups],
        "not_looked_at": [asdict(skipped) for skipped in coverage.skipped],
        "notes": list(coverage.notes),
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "commit": location.commit,
        "authored": location.authored,
        "container": location.container,
        "exposure": location.exposure,
        "oid": location.oid,
        "gone": location.gone,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "fingerprint": finding.fingerprint,
        "rule_id": finding.rule_id,
        "title": finding.title,
        "category": finding.category,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "grade": finding.grade,
        "exposure": list(finding.exposure),
        "masked": finding.masked,
        "suppression": asdict(finding.suppression) if finding.suppression else None,
        "rotated": finding.rotated,
        "locations": [_location(location) for location in finding.locations],
        "remediation": asdict(finding.remediation),
        "references": list(finding.references),
        "description": finding.description,
        "provider": finding.provider,
        "notes": list(finding.notes),
        "in_test_code": finding.in_test_code,
        "origin_tool": finding.origin_tool,
        "first_seen": finding.first_seen,
        "last_seen": finding.last_seen,
        "related": list(finding.related),
    }


def _source(source: Source) -> dict[str, Any]:
    return asdict(source)


def _check(check: CheckResult) -> dict[str, Any]:
    info = check.info
    return {
        "id": info.id,
        "title": info.title,
        "group": info.group,
        "question": info.question,
        "outcome": check.outcome,
        "reason": check.reason,
        "blocking": check.blocking,
        "grade": check.grade,
        "evidence": [asdict(evidence) for evidence in check.evidence],
        "why": info.why,
        "remediation": info.remediation,
        "effort": info.effort,
        "who": info.who,
        "method": info.method,
        "default_grade": info.grade,
        "sources": [_source(source) for source in info.sources],
        "attested": asdict(check.attested) if check.attested else None,
    }


def _blocker(blocker: Blocker) -> dict[str, Any]:
    return {
        "id": blocker.id,
        "kind": blocker.kind,
        "grade": blocker.grade,
        "title": blocker.title,
        "where": list(blocker.where),
        "why": blocker.why,
        "source": _source(blocker.source) if blocker.source else None,
        "remediation": blocker.remediation,
        "effort": blocker.effort,
        "act": blocker.act,
    }


def _route(route: Route) -> dict[str, Any]:
    return {
        "decision": route.decision,
        "blockers": [_blocker(blocker) for blocker in route.blockers],
        "cautions": [_blocker(blocker) for blocker in route.cautions],
        "attestations_due": [_blocker(blocker) for blocker in route.attestations_due],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    route = _route(verdict.route)
    return {
        "decision": verdict.decision,
        "intended": verdict.intended,
        "routes": {"full_history": _route(verdict.full_history), "fresh_history": _route(verdict.fresh_history)},
        "blockers": route["blockers"],
        "cautions": route["cautions"],
        "attestations_due": route["attestations_due"],
        "maturity": verdict.maturity,
        "nearest": verdict.nearest,
    }


def plain_values(value: Any) -> Any:  # noqa: ANN401  any JSON value, before and after
    """Write dates as ISO 8601 and undecodable bytes visibly, since strict readers refuse lone surrogates."""
    if isinstance(value, dict):
        return {str(key): plain_values(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_values(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        return encodable(str(value))
    return value
