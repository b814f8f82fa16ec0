"""Every row of the decision table and of the exposure table, on both routes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor.model.check import Attested, Method, Outcome
from auditor.model.finding import Suppression
from auditor.model.levels import Confidence, Exposure, Grade, Severity
from auditor.model.openness_file import OpennessFile, Person, ReviewedContent
from auditor.model.policy import Policy
from auditor.model.rule import Category
from auditor.model.verdict import Decision
from tests.openness.verdict_cases import exception, finding, gap, opaque, result, verdict

READY, ATTEST, CLOSED = Decision.READY, Decision.READY_WHEN_ATTESTED, Decision.KEEP_CLOSED
NOT_YET, CANNOT = Decision.NOT_YET, Decision.CANNOT_TELL


def routes(*args: object, **kwargs: object) -> tuple[Decision, Decision]:
    judged = verdict(*args, **kwargs)  # type: ignore[arg-type]
    return judged.full_history.decision, judged.fresh_history.decision


@pytest.mark.parametrize(
    ("exposure", "bare", "full", "fresh"),
    [
        (Exposure.HEAD, False, NOT_YET, NOT_YET),
        (Exposure.BRANCH_OR_TAG, False, NOT_YET, READY),
        (Exposure.PULL_REQUEST_REF, False, NOT_YET, READY),
        (Exposure.OTHER_REF, False, NOT_YET, READY),
        (Exposure.LOCAL_ONLY, False, READY, READY),
        (Exposure.LOCAL_ONLY, True, NOT_YET, READY),
        (Exposure.UNCOMMITTED, False, READY, READY),
    ],
)
def test_exposure_decides_which_route_is_blocked(exposure: Exposure, bare: bool, full: Decision, fresh: Decision) -> None:  # noqa: FBT001  a row of the table
    assert routes(finding(exposure), bare=bare) == (full, fresh)


def test_what_only_this_copy_holds_is_a_caution_and_so_is_what_is_not_committed() -> None:
    for exposure in (Exposure.LOCAL_ONLY, Exposure.UNCOMMITTED):
        assert len(verdict(finding(exposure)).full_history.cautions) == 1
    assert verdict(finding(Exposure.LOCAL_ONLY)).fresh_history.cautions == ()
    assert len(verdict(finding(Exposure.UNCOMMITTED)).fresh_history.cautions) == 1


def test_the_staged_hook_blocks_what_is_about_to_be_committed() -> None:
    assert verdict(finding(Exposure.UNCOMMITTED), staged=True).decision is NOT_YET


def test_a_plain_folder_has_no_history_and_its_files_count() -> None:
    judged = verdict(finding(Exposure.UNCOMMITTED), kind="folder")
    assert judged.full_history.decision is Decision.NOT_APPLICABLE
    assert (judged.decision, judged.intended) == (NOT_YET, "fresh_history")


def test_a_history_gap_leaves_the_verdict_open_and_known_blockers_come_first() -> None:
    judged = verdict(finding(), skipped=(gap(),))
    assert judged.full_history.decision is CANNOT
    assert judged.fresh_history.decision is NOT_YET
    assert [b.kind.value for b in judged.full_history.blockers] == ["finding", "coverage"]
    assert routes(skipped=(gap(in_tip=True),)) == (CANNOT, CANNOT)


@pytest.mark.parametrize("method", [Method.OFFLINE, Method.CANDIDATES])
def test_a_failed_blocker_check_and_its_candidates_block(method: Method) -> None:
    assert routes(checks=(result(Outcome.FAIL, Grade.BLOCKER, method),)) == (NOT_YET, NOT_YET)


@pytest.mark.parametrize(
    ("outcome", "grade", "method", "decision"),
    [
        (Outcome.FAIL, Grade.MUST, Method.OFFLINE, ATTEST),
        (Outcome.FAIL, Grade.MUST, Method.CANDIDATES, ATTEST),
        (Outcome.NOT_CHECKED, Grade.MUST, Method.HUMAN, ATTEST),
        (Outcome.NOT_CHECKED, Grade.BLOCKER, Method.HUMAN, ATTEST),
        (Outcome.NOT_CHECKED, Grade.BLOCKER, Method.API, READY),
        (Outcome.NOT_CHECKED, Grade.MUST, Method.OFFLINE, ATTEST),
        (Outcome.ERROR, Grade.BLOCKER, Method.OFFLINE, ATTEST),
        (Outcome.FAIL, Grade.SHOULD, Method.OFFLINE, READY),
        (Outcome.FAIL, Grade.INFO, Method.OFFLINE, READY),
        (Outcome.ATTESTED, Grade.BLOCKER, Method.HUMAN, READY),
        (Outcome.NOT_APPLICABLE, Grade.BLOCKER, Method.OFFLINE, READY),
        (Outcome.PASS, Grade.BLOCKER, Method.OFFLINE, READY),
    ],
)
def test_each_outcome_has_its_effect(outcome: Outcome, grade: Grade, method: Method, decision: Decision) -> None:
    assert verdict(checks=(result(outcome, grade, method),)).decision is decision


def test_a_check_that_needs_the_forge_is_a_caution_to_confirm() -> None:
    (caution,) = verdict(checks=(result(Outcome.NOT_CHECKED, Grade.MUST, Method.API),)).full_history.cautions
    assert caution.why.startswith("Confirm on the forge")


def test_history_checks_do_not_concern_a_fresh_import() -> None:
    assert routes(checks=(result(Outcome.FAIL, Grade.BLOCKER, check_id="CLS-05"),)) == (NOT_YET, READY)


def test_a_check_that_mirrors_findings_is_not_listed_a_second_time() -> None:
    mirror = result(Outcome.FAIL, Grade.BLOCKER, check_id="SEC-01", mirrors=True)
    judged = verdict(finding(), checks=(mirror,))
    assert [b.kind.value for b in judged.full_history.blockers] == ["finding"]


def test_musts_are_listed_together_under_their_check() -> None:
    hosts = [
        finding(grade=Grade.MUST, category=Category.CONFIGURATION, rule_id="internal-host", severity=Severity.LOW, number=n)
        for n in range(5)
    ]
    judged = verdict(*hosts, checks=(result(Outcome.FAIL, Grade.MUST, check_id="CFG-02", mirrors=True),))
    (blocker,) = judged.full_history.blockers
    assert (blocker.id, blocker.act, judged.decision) == ("CFG-02", "auditor attest CFG-02", ATTEST)


def test_opaque_content_waits_for_a_person_and_is_cleared_by_its_id() -> None:
    assert routes(skipped=(opaque(in_tip=False),)) == (ATTEST, READY)
    entry = ReviewedContent("c" * 40, "data/export.zip", Person("developer"), date(2026, 11, 1), "holds the public dataset")
    assert routes(skipped=(opaque(),), book=OpennessFile(reviewed=(entry,))) == (READY, READY)
    assert routes(skipped=(opaque("d" * 40),), book=OpennessFile(reviewed=(entry,))) == (ATTEST, ATTEST)


def test_keep_closed_needs_the_intention_a_valid_exception_and_all_blockers_covered() -> None:
    closed = OpennessFile(intended="closed", exceptions=(exception("config/**"),))
    assert verdict(finding(), book=closed).decision is CLOSED
    assert verdict(book=closed).decision is CLOSED
    assert verdict(finding(path="other.py"), book=closed).decision is NOT_YET
    assert verdict(finding(), book=replace(closed, intended="open")).decision is NOT_YET
    expired = replace(closed, exceptions=(exception("config/**", review_by=date(2026, 11, 22)),))
    assert verdict(finding(), book=expired).decision is NOT_YET
    assert verdict(finding(), book=closed, skipped=(gap(),)).decision is CANNOT
    assert verdict(checks=(result(Outcome.FAIL, Grade.BLOCKER, path="other.py"),), book=closed).decision is NOT_YET


def test_rotation_clears_a_secret_and_nothing_else() -> None:
    day = date(2026, 11, 1)
    judged = verdict(finding(Exposure.BRANCH_OR_TAG, rotated=day))
    assert judged.decision is READY
    assert "replaced on 2026-11-01" in judged.full_history.cautions[0].why
    assert verdict(finding(category=Category.PERSONAL_DATA, rule_id="uk-nino", rotated=day)).decision is NOT_YET


@pytest.mark.parametrize(
    ("source", "severity", "rule_id", "decision"),
    [
        ("inline mark", Severity.CRITICAL, "aws-access-key", NOT_YET),
        (".secrets.baseline", Severity.HIGH, "aws-access-key", NOT_YET),
        ("inline mark", Severity.MEDIUM, "aws-access-key", READY),
        ("inline mark", Severity.HIGH, "generic-secret", READY),
        ("openness.yml", Severity.CRITICAL, "aws-access-key", READY),
        (".github/openness.yml", Severity.CRITICAL, "aws-access-key", READY),
    ],
)
def test_marks_do_not_clear_grave_findings_of_providers(source: str, severity: Severity, rule_id: str, decision: Decision) -> None:
    marked = finding(suppression=Suppression(source, "test-data"), severity=severity, rule_id=rule_id)
    judged = verdict(marked)
    assert judged.decision is decision
    assert bool(judged.full_history.cautions) is (decision is READY)


def test_findings_below_the_confidence_that_counts_are_in_no_verdict() -> None:
    judged = verdict(finding(confidence=Confidence.LOW))
    assert (judged.decision, judged.full_history.cautions) == (READY, ())


def test_the_policy_and_the_place_decide_the_grade() -> None:
    person = finding(category=Category.PERSONAL_DATA, rule_id="uk-nino", in_test_code=True)
    assert verdict(person).decision is ATTEST
    assert verdict(finding(in_test_code=True)).decision is NOT_YET
    lenient = Policy("x", "X", rule_grades={"aws-access-key": Grade.SHOULD})
    assert verdict(finding(), policy=lenient).decision is READY
    assert verdict(finding(severity=Severity.INFO)).decision is READY
    strict = Policy("x", "X", required_attestations=("CLS-06",))
    asked = result(Outcome.NOT_CHECKED, Grade.SHOULD, Method.HUMAN, check_id="CLS-06")
    assert verdict(checks=(asked,), policy=strict).decision is ATTEST


def test_the_intended_route_decides() -> None:
    book = OpennessFile(history_option="fresh-import")
    assert verdict(finding(Exposure.BRANCH_OR_TAG), book=book).decision is READY
    assert verdict(finding(Exposure.BRANCH_OR_TAG)).decision is NOT_YET


def test_an_attested_check_clears_its_candidates_but_never_a_secret() -> None:
    attested = replace(
        result(Outcome.ATTESTED, Grade.BLOCKER, Method.CANDIDATES, check_id="MRK-02", mirrors=True),
        attested=Attested("security adviser", date(2026, 11, 1), date(2027, 5, 1), "text of a screen"),
    )
    marking = finding(category=Category.MARKING, rule_id="uk-marking-official-sensitive")
    assert verdict(marking, checks=(attested,)).decision is READY
    secret = replace(attested, info=replace(attested.info, id="SEC-01"))
    assert verdict(finding(), checks=(secret,)).decision is NOT_YET


def test_blockers_come_worst_first_and_the_machines_before_the_persons() -> None:
    checks = (
        result(Outcome.FAIL, Grade.MUST, check_id="DIS-01"),
        result(Outcome.FAIL, Grade.BLOCKER, Method.CANDIDATES, check_id="CLS-03"),
        result(Outcome.FAIL, Grade.BLOCKER, check_id="LIC-01"),
    )
    judged = verdict(finding(), checks=checks)
    assert [b.id for b in judged.full_history.blockers] == [finding().fingerprint, "LIC-01", "CLS-03", "DIS-01"]
    assert judged.nearest.startswith("Replace this secret, add a contact")
    assert judged.nearest.endswith("about half a day.")


@pytest.mark.parametrize(
    ("checks", "level"),
    [
        ((result(Outcome.FAIL, Grade.BLOCKER),), 0),
        ((result(Outcome.FAIL, Grade.MUST),), 1),
        ((result(Outcome.NOT_CHECKED, Grade.MUST, Method.API),), 1),
        ((result(Outcome.FAIL, Grade.SHOULD),), 2),
        ((result(Outcome.PASS, Grade.MUST),), 3),
    ],
)
def test_maturity_rises_with_what_is_clear(checks: tuple[object, ...], level: int) -> None:
    assert verdict(checks=checks).maturity == level  # type: ignore[arg-type]


def test_a_word_for_the_musts_leaves_the_blockers() -> None:
    word = Attested("developer", date(2026, 11, 1), date(2027, 5, 1), "made up", musts_only=True)
    mirror = replace(result(Outcome.FAIL, Grade.BLOCKER, check_id="SEC-01", mirrors=True), attested=word)
    dummy = finding(category=Category.CREDENTIAL, in_test_code=True, rule_id="generic-password", number=2)
    assert [b.id for b in verdict(dummy, finding(), checks=(mirror,)).full_history.blockers] == [finding().fingerprint]
    assert verdict(dummy, checks=(mirror,)).decision is READY
    assert verdict(dummy, checks=(replace(mirror, attested=None),)).decision is ATTEST
