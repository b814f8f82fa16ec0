"""More evidence of harm never makes the verdict better; an answer or a remedy never makes it worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.check import Attested, CheckResult, Method, Outcome
from auditor.model.coverage import Skipped
from auditor.model.finding import Finding, Suppression
from auditor.model.levels import Exposure, Grade, Severity
from auditor.model.openness_file import OpennessFile, Person, ReviewedContent
from auditor.model.rule import Category
from tests.openness.verdict_cases import exception, finding, gap, opaque, result, verdict

if TYPE_CHECKING:
    from auditor.model.verdict import Verdict

_KINDS = [(Category.SECRET, "aws-access-key"), (Category.PERSONAL_DATA, "uk-nino"), (Category.CONFIGURATION, "internal-host")]
_ATTESTED = Attested("owner", date(2026, 11, 1), date(2027, 5, 1), "looked at")

findings = st.builds(
    lambda kind, exposures, grade, severity, path, test, number: finding(
        *exposures, category=kind[0], rule_id=kind[1], grade=grade, severity=severity, path=path, in_test_code=test, number=number
    ),
    st.sampled_from(_KINDS),
    st.lists(st.sampled_from(Exposure), min_size=1, max_size=3, unique=True),
    st.sampled_from(Grade),
    st.sampled_from(Severity),
    st.sampled_from(["fraud/a.py", "b.py", "spec/c.rb"]),
    st.booleans(),
    st.integers(1, 99),
)
checks = st.builds(
    lambda outcome, grade, method, check_id, path: result(outcome, grade, method, check_id=check_id, path=path),
    st.sampled_from(Outcome),
    st.sampled_from(Grade),
    st.sampled_from(Method),
    st.sampled_from(["LIC-01", "CLS-03", "CLS-05", "HIS-06", "PII-12"]),
    st.sampled_from([None, "fraud/a.py", "b.py"]),
)
gaps = st.builds(lambda hole, tip: gap(in_tip=tip) if hole else opaque(in_tip=tip), st.booleans(), st.booleans())
books = st.builds(
    lambda intended, paths, option: OpennessFile(intended=intended, exceptions=(exception(paths),), history_option=option),
    st.sampled_from(["open", "closed", "part"]),
    st.sampled_from(["fraud/**", "**"]),
    st.sampled_from(["", "fresh-import", "keep-and-rotate"]),
)
cases = st.tuples(st.lists(findings, max_size=4), st.lists(checks, max_size=4), st.lists(gaps, max_size=2), books, st.booleans())
Case = tuple[list[Finding], list[CheckResult], list[Skipped], OpennessFile, bool]


def judge(case: Case) -> Verdict:
    found, answers, skipped, book, bare = case
    return verdict(*found, checks=tuple(answers), skipped=tuple(skipped), book=book, bare=bare)


def never_worse(after: Verdict, before: Verdict) -> None:
    for name in ("full_history", "fresh_history"):
        assert getattr(after, name).decision.rank <= getattr(before, name).decision.rank
    assert after.decision.rank <= before.decision.rank


@given(cases, findings)
@settings(max_examples=150)
def test_one_more_finding_never_makes_it_better(case: Case, more: Finding) -> None:
    never_worse(judge(case), judge(([*case[0], more], *case[1:])))


@given(cases, checks)
@settings(max_examples=150)
def test_one_more_result_never_makes_it_better(case: Case, more: CheckResult) -> None:
    never_worse(judge(case), judge((case[0], [*case[1], more], *case[2:])))


@given(cases, gaps)
@settings(max_examples=100)
def test_one_more_gap_never_makes_it_better(case: Case, more: Skipped) -> None:
    never_worse(judge(case), judge((*case[:2], [*case[2], more], *case[3:])))


@given(cases, st.integers(0, 3))
@settings(max_examples=150)
def test_attesting_a_check_never_makes_it_worse(case: Case, index: int) -> None:
    answered = [
        replace(r, outcome=Outcome.ATTESTED, attested=_ATTESTED)
        if i == index and r.outcome in {Outcome.FAIL, Outcome.NOT_CHECKED, Outcome.ERROR}
        else r
        for i, r in enumerate(case[1])
    ]
    never_worse(judge((case[0], answered, *case[2:])), judge(case))


@given(cases, st.integers(0, 3), st.booleans())
@settings(max_examples=150)
def test_accepting_or_rotating_a_finding_never_makes_it_worse(case: Case, index: int, rotate: bool) -> None:  # noqa: FBT001  drawn
    def act(f: Finding) -> Finding:
        if rotate:
            return replace(f, rotated=date(2026, 11, 1))
        return replace(f, suppression=Suppression("openness.yml", "test-data"))

    found = [act(f) if i == index else f for i, f in enumerate(case[0])]
    never_worse(judge((found, *case[1:])), judge(case))


@given(cases)
@settings(max_examples=150)
def test_reviewing_content_and_mending_never_make_it_worse(case: Case) -> None:
    entry = ReviewedContent("c" * 40, "data/export.zip", Person("developer"), date(2026, 11, 1), "public data")
    never_worse(judge((*case[:3], replace(case[3], reviewed=(entry,)), case[4])), judge(case))
    never_worse(judge((case[0][1:], case[1][1:], case[2][1:], *case[3:])), judge(case))
