"""What everybody can read must not lead to a secret that still works.

Logs, summaries, comments and artifacts of a public repository are public. A finding that only history holds and that nobody
has rotated keeps its rule and its count there; its places, its value and its name go.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.model.finding import Location
from auditor.model.levels import Exposure
from auditor.reports import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditor.model.check import CheckResult
    from auditor.model.finding import Finding
    from auditor.model.report import AuditReport
    from auditor.model.verdict import Blocker, Route

_SHORT: Final = 7
"""Digits of an object id that every way of writing it shows."""


def hidden(finding: Finding) -> bool:
    """Tell whether a finding stands in history only and was not rotated."""
    return finding.rotated is None and Exposure.HEAD not in finding.exposure


def blind(finding: Finding, number: int = 0) -> Finding:
    """Return the finding without what leads to its value; its name becomes a number of this report."""
    if not hidden(finding):
        return finding
    worst = max(finding.exposure, key=lambda exposure: exposure.rank, default=None)
    return replace(
        finding,
        fingerprint=f"history-{number}",
        locations=(Location(None, container="history", exposure=worst),),
        masked="",
        notes=(),
        related=(),
        first_seen=None,
        last_seen=None,
    )


def for_public(report: AuditReport) -> AuditReport:
    """Return the report as everybody may read it."""
    names = {finding.fingerprint: number for number, finding in enumerate(report.findings, 1) if hidden(finding)}
    traces = _traces(finding for finding in report.findings if finding.fingerprint in names)

    def route(one: Route) -> Route:
        return replace(
            one,
            blockers=tuple(map(blocker, one.blockers)),
            cautions=tuple(map(blocker, one.cautions)),
            attestations_due=tuple(map(blocker, one.attestations_due)),
        )

    def blocker(one: Blocker) -> Blocker:
        if one.id in names:
            return replace(one, id=f"history-{names[one.id]}", where=(words.HIDDEN_PLACES,), act="")
        kept = tuple(place for place in one.where if not tells(place))
        if kept == one.where and not tells(one.act):
            return one
        return replace(one, where=(*kept, words.HIDDEN_PLACES), act="" if tells(one.act) else one.act)

    def tells(text: str) -> bool:
        return any(trace in text for trace in traces)

    def check(one: CheckResult) -> CheckResult:
        kept = tuple(e for e in one.evidence if not any(tells(text) for text in (e.text, e.path or "", e.commit or "")))
        return replace(one, evidence=kept, reason="" if tells(one.reason) else one.reason)

    verdict = report.verdict
    return replace(
        report,
        findings=tuple(blind(finding, names.get(finding.fingerprint, 0)) for finding in report.findings),
        checks=tuple(map(check, report.checks)),
        verdict=replace(verdict, full_history=route(verdict.full_history), fresh_history=route(verdict.fresh_history)),
        deadlines=tuple(one for one in report.deadlines if one.id not in names),
    )


def _traces(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the texts that would lead to these findings: names, paths, commits in full and short, values shown in part."""
    texts: set[str] = set()
    for finding in findings:
        texts |= {finding.fingerprint, finding.masked}
        for place in finding.locations:
            texts |= {place.path or "", place.oid[:_SHORT], (place.commit or "")[:_SHORT]}
    return frozenset(texts - {""})
