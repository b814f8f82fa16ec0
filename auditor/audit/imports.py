"""Findings of other tools join those of a scan: looked up in the same history, judged in the same verdict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from auditor.findings.imported import join
from auditor.findings.imported.placing import by_report, in_repository
from auditor.model.check import Evidence, Outcome
from auditor.model.levels import Confidence
from auditor.openness.changes import recompute
from auditor.openness.grading import graded
from auditor.openness.registry import CHECKS
from auditor.openness.subjects import check_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from auditor.findings.imported import Imported
    from auditor.model.check import CheckResult
    from auditor.model.finding import Finding
    from auditor.model.policy import Policy
    from auditor.model.provenance import KnownPath
    from auditor.model.report import AuditReport
    from auditor.model.view import RepositoryView

_EVIDENCE: Final = 10
_CONTENT: Final = 50_000_000
"""Bytes of a file of the tip in which a value is looked for."""


def join_imports(
    findings: tuple[Finding, ...],
    imported: Sequence[Imported],
    view: RepositoryView,
    paths: Mapping[str, KnownPath],
    root: Path,
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Return all findings, and what the user should know of those that were imported."""
    if not imported:
        return findings, ()
    authored = {commit.oid: commit.authored for commit in view.commits}
    joined = join(findings, imported, in_repository(root, paths, partial(view.read, limit=_CONTENT), authored))
    return joined.findings, told(joined.elsewhere)


def told(elsewhere: int) -> tuple[str, ...]:
    """Say how many imported findings are about files that this repository never held."""
    if not elsewhere:
        return ()
    are = "finding is" if elsewhere == 1 else "findings are"
    return (f"{elsewhere:,} imported {are} about a file that this repository does not hold, and left out.",)


def into_report(report: AuditReport, imported: Sequence[Imported], policy: Policy, today: date) -> AuditReport:
    """Join imported findings with those of a stored report, and judge it again.

    A check that only mirrors findings, and found nothing then, fails by what was imported.
    """
    paths = frozenset(place.path for finding in report.findings for place in finding.locations if place.path)
    joined = join(report.findings, imported, by_report(report.target.path, paths))
    known = {finding.fingerprint for finding in report.findings}
    findings = graded(joined.findings, policy)
    least = dict(report.tool.settings).get("min_confidence", "")
    floor = Confidence(least) if least in list(Confidence) else Confidence.MEDIUM
    counting = [f for f in findings if f.confidence.rank >= floor.rank]
    failing: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in counting:
        if finding.fingerprint not in known:
            failing[check_for(finding)].append(finding)
    checks = tuple(_failed(check, failing[check.check_id]) for check in report.checks)
    changed = replace(report, findings=tuple(sorted(findings, key=_worst_first)), checks=checks)
    return replace(changed, verdict=recompute(changed, policy, today=today, min_confidence=floor))


def _failed(check: CheckResult, found: Sequence[Finding]) -> CheckResult:
    mirrors = check.check_id in CHECKS and CHECKS[check.check_id].info.mirrors_findings
    if not found or not mirrors or check.outcome not in {Outcome.PASS, Outcome.NOT_APPLICABLE}:
        return check
    evidence = tuple(Evidence(f.title, path=f.first.path, line=f.first.line, commit=f.first.commit) for f in found[:_EVIDENCE])
    return replace(check, outcome=Outcome.FAIL, evidence=evidence, reason="", attested=None)


def _worst_first(finding: Finding) -> tuple[int, int, int, str, str]:
    return -finding.severity.rank, -finding.confidence.rank, -finding.exposure[0].rank, finding.rule_id, finding.fingerprint
