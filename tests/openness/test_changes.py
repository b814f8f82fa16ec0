"""Two reports compared, and a stored one judged on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from auditor.model.check import Attested, CheckResult, Method, Outcome
from auditor.model.coverage import Coverage
from auditor.model.finding import Finding, Suppression
from auditor.model.levels import Exposure, Grade
from auditor.model.openness_file import OpennessFile
from auditor.model.verdict import Decision
from auditor.openness.changes import Change, compare, recompute
from tests.openness.verdict_cases import POLICY, TODAY, exception, finding, result, verdict
from tests.samples import ready

if TYPE_CHECKING:
    from auditor.model.report import AuditReport


def report(*findings: Finding, checks: tuple[CheckResult, ...] = (), on: date = TODAY) -> AuditReport:
    return replace(
        ready(),
        generated=datetime(on.year, on.month, on.day, tzinfo=UTC),
        findings=findings,
        checks=checks,
        coverage=Coverage(),
        verdict=verdict(*findings, checks=checks),
    )


def test_new_fixed_reopened_and_expired() -> None:
    accepted = Suppression("openness.yml", "test-data", date(2026, 11, 30))
    old = report(
        finding(number=1),
        finding(number=2),
        finding(number=3, suppression=accepted),
        finding(number=4, rotated=TODAY),
        finding(number=5),
    )
    new = report(
        finding(number=2),
        finding(number=3),
        finding(number=4),
        finding(number=5, rotated=date(2026, 12, 1)),
        finding(number=6),
        on=date(2026, 12, 2),
    )
    changes = compare(old, new)
    rows = {(row.change, int(row.id[4:], 16)) for row in changes.rows}
    assert rows == {(Change.FIXED, 1), (Change.EXPIRED, 3), (Change.REOPENED, 4), (Change.FIXED, 5), (Change.NEW, 6)}
    assert changes.of(Change.FIXED)[0].why == "no longer found"
    assert changes.of(Change.FIXED)[1].why == "replaced on 2026-12-01"
    assert (changes.before, changes.after) == (Decision.NOT_YET, Decision.NOT_YET)


def test_checks_change_too() -> None:
    attested = replace(
        result(Outcome.ATTESTED, method=Method.HUMAN, check_id="CLS-06"),
        attested=Attested("owner", date(2026, 5, 1), date(2026, 11, 30), "ours"),
    )
    old = report(checks=(result(Outcome.FAIL, check_id="LIC-01"), result(Outcome.PASS, check_id="DOC-01"), attested))
    new = report(
        checks=(
            result(Outcome.PASS, check_id="LIC-01"),
            result(Outcome.FAIL, check_id="DOC-01"),
            result(Outcome.NOT_CHECKED, method=Method.HUMAN, check_id="CLS-06"),
            result(Outcome.FAIL, check_id="NEW-01"),
        ),
        on=date(2026, 12, 2),
    )
    assert {(row.change, row.id) for row in compare(old, new).rows} == {
        (Change.FIXED, "LIC-01"),
        (Change.NEW, "DOC-01"),
        (Change.EXPIRED, "CLS-06"),
    }


def test_the_same_report_has_no_changes_and_the_same_verdict() -> None:
    same = report(finding(Exposure.BRANCH_OR_TAG), checks=(result(Outcome.FAIL),))
    assert compare(same, same).rows == ()
    assert recompute(same, POLICY, today=TODAY) == same.verdict


def test_what_was_answered_expires_on_a_later_day() -> None:
    suppressed = finding(suppression=Suppression("openness.yml", "test-data", date(2026, 11, 30)))
    attested = replace(
        result(Outcome.ATTESTED, Grade.MUST, Method.HUMAN, check_id="CLS-08"),
        attested=Attested("owner", date(2026, 5, 1), date(2026, 12, 30), "ours"),
    )
    stored = report(suppressed, checks=(attested,))
    assert recompute(stored, POLICY, today=TODAY).decision is Decision.READY
    assert recompute(stored, POLICY, today=date(2026, 12, 1)).decision is Decision.NOT_YET
    assert recompute(report(checks=(attested,)), POLICY, today=date(2027, 1, 1)).decision is Decision.READY_WHEN_ATTESTED


def test_another_policy_and_another_openness_file_count() -> None:
    stored = report(finding(), checks=(result(Outcome.FAIL, Grade.BLOCKER, check_id="LIC-01"),))
    lenient = replace(POLICY, rule_grades={"aws-access-key": Grade.SHOULD}, check_grades={"LIC-01": Grade.SHOULD})
    assert recompute(stored, lenient, today=TODAY).decision is Decision.READY
    book = OpennessFile(intended="closed", exceptions=(exception("**"),))
    assert recompute(stored, POLICY, today=TODAY, book=book).decision is Decision.KEEP_CLOSED
