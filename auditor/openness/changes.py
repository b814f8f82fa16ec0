"""What changed between two reports, and the verdict of a stored report on another day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from auditor.model.check import CheckResult, Method, Outcome
from auditor.model.openness_file import OpennessFile
from auditor.openness.grading import is_cleared, is_rotated
from auditor.openness.registry import CHECKS
from auditor.openness.route import FRESH, TargetFacts
from auditor.openness.verdict import FRESH_IMPORT, decide

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from auditor.model.finding import Finding
    from auditor.model.levels import Confidence, Grade
    from auditor.model.policy import Policy
    from auditor.model.report import AuditReport
    from auditor.model.verdict import Decision, Verdict


class Change(StrEnum):
    """What became of a finding or a check."""

    NEW = "new"
    FIXED = "fixed"
    REOPENED = "reopened"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Row:
    """One change: `id` is a fingerprint or the id of a check."""

    change: Change
    kind: str
    id: str
    title: str
    grade: Grade
    where: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes, the gravest first, and the two decisions."""

    before: Decision
    after: Decision
    rows: tuple[Row, ...]

    def of(self, change: Change) -> tuple[Row, ...]:
        """Return the changes of one sort."""
        return tuple(row for row in self.rows if row.change is change)


def compare(old: AuditReport, new: AuditReport) -> Changes:
    """Say what is new, fixed, reopened and expired from one report to the next."""
    rows = [*_findings(old, new), *_checks(old, new)]
    order = list(Change)
    rows.sort(key=lambda row: (-row.grade.rank, order.index(row.change), row.kind, row.id))
    return Changes(old.verdict.decision, new.verdict.decision, tuple(rows))


def _is_open(finding: Finding) -> bool:
    return not is_cleared(finding) and not is_rotated(finding)


def _findings(old: AuditReport, new: AuditReport) -> Iterator[Row]:
    before = {finding.fingerprint: finding for finding in old.findings}
    after = {finding.fingerprint: finding for finding in new.findings}
    for fingerprint, finding in after.items():
        was = before.get(fingerprint)
        if not _is_open(finding) or (was is not None and _is_open(was)):
            continue
        if was is None:
            yield _finding_row(Change.NEW, finding)
        else:
            until = was.suppression.until if was.suppression else None
            lapsed = until is not None and until < new.generated.date()
            yield _finding_row(Change.EXPIRED if lapsed else Change.REOPENED, finding, f"accepted until {until}" if lapsed else "")
    for fingerprint, finding in before.items():
        now = after.get(fingerprint)
        if _is_open(finding) and (now is None or not _is_open(now)):
            yield _finding_row(Change.FIXED, finding, _why_fixed(now))


def _why_fixed(now: Finding | None) -> str:
    if now is None:
        return "no longer found"
    if now.rotated is not None:
        return f"replaced on {now.rotated}"
    return f"accepted: {now.suppression.reason}" if now.suppression else ""


def _finding_row(change: Change, finding: Finding, why: str = "") -> Row:
    place = finding.first
    where = f"{place.path or place.container}{f':{place.line}' if place.line else ''}"
    return Row(change, "finding", finding.fingerprint, finding.title, finding.grade, where, why)


_GOOD = frozenset({Outcome.PASS, Outcome.ATTESTED, Outcome.NOT_APPLICABLE})


def _checks(old: AuditReport, new: AuditReport) -> Iterator[Row]:
    before = {result.check_id: result for result in old.checks}
    for result in new.checks:
        was = before.get(result.check_id)
        if was is None:
            continue
        was_good, is_good = was.outcome in _GOOD, result.outcome in _GOOD
        if was_good == is_good or (not is_good and result.outcome is Outcome.NOT_CHECKED and was.outcome is not Outcome.ATTESTED):
            continue
        until = was.attested.until if was.attested else None
        lapsed = was.outcome is Outcome.ATTESTED and until is not None and until < new.generated.date()
        if is_good:
            change, why = Change.FIXED, str(result.outcome)
        elif lapsed:
            change, why = Change.EXPIRED, f"attested until {until}"
        else:
            change, why = (Change.REOPENED if was.outcome is Outcome.ATTESTED else Change.NEW), result.reason
        yield Row(change, "check", result.check_id, result.info.title, result.grade, "", why)


def recompute(
    report: AuditReport,
    policy: Policy,
    *,
    today: date,
    book: OpennessFile | None = None,
    min_confidence: Confidence | None = None,
) -> Verdict:
    """Judge a stored report again: under another policy, another openness file, or on a later day.

    What was accepted or attested until a day before `today` counts no more. Without a book, what the report itself says of
    the intention is used, and exceptions and reviewed content, which it does not hold, are unknown.
    """
    known = book or OpennessFile(
        intended=report.target.intended, history_option=FRESH_IMPORT if report.verdict.intended == FRESH else ""
    )
    more = {} if min_confidence is None else {"min_confidence": min_confidence}
    return decide(
        [_on(finding, today) for finding in report.findings],
        [_result_on(result, policy, today) for result in report.checks],
        report.coverage,
        known,
        policy,
        target=TargetFacts(report.target.kind, report.target.bare),
        today=today,
        **more,
    )


def _on(finding: Finding, today: date) -> Finding:
    until = finding.suppression.until if finding.suppression else None
    return replace(finding, suppression=None) if until is not None and until < today else finding


def _result_on(result: CheckResult, policy: Policy, today: date) -> CheckResult:
    """Take the metadata that a report does not hold from the registry, and let an answer expire."""
    known = CHECKS[result.check_id].info if result.check_id in CHECKS else None
    info = replace(result.info, mirrors_findings=known.mirrors_findings) if known else result.info
    wanted = policy.check_grades.get(result.check_id, info.grade)
    grade = result.grade if wanted is info.grade else wanted
    until = result.attested.until if result.attested else None
    outcome = result.outcome
    if outcome is Outcome.ATTESTED and until is not None and until < today:
        outcome = Outcome.FAIL if result.evidence and info.method is not Method.HUMAN else Outcome.NOT_CHECKED
    return replace(result, info=info, grade=grade, outcome=outcome)
