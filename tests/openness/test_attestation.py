"""When a person's answer counts, and when the question is as open as before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

import pytest

from auditor.errors import SourceError
from auditor.model.check import CheckInfo, Evidence, Method, Outcome, Source
from auditor.model.coverage import Coverage
from auditor.model.levels import Effort, Grade
from auditor.model.openness_file import AttestationEntry, OpennessFile, Person
from auditor.model.policy import Policy
from auditor.model.view import Blame, CommitInfo
from auditor.openness.answer import Answer, ask, failed, passed
from auditor.openness.registry import Check, CheckContext
from auditor.openness.running import run_check
from auditor.openness.shown import shown_attestations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.model.check import CheckResult
    from auditor.model.view import RepositoryView

ENTRY = AttestationEntry("CLS-01", "confirmed", "Looked at.", Person("owner"), date(2026, 11, 1), date(2027, 5, 1), line=5)
LINE = "e" * 40
WHEN = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class View:
    """Says what changed since a commit, and who wrote the line."""

    changed: dict[str, list[str]] = field(default_factory=lambda: {LINE: []})
    author: str = ""
    authors: tuple[str, ...] = ("Dev",)
    tip: str = "f" * 40

    def changed_since(self, commit: str, globs: Sequence[str]) -> Sequence[str] | None:
        assert globs is not None
        return self.changed.get(commit)

    def blame(self, path: str, line: int) -> Blame | None:
        assert (path, line) == ("openness.yml", 5)
        return Blame(LINE, self.author, WHEN, signed=True) if self.author else None

    @property
    def commits(self) -> Sequence[CommitInfo]:
        return [CommitInfo("a" * 40, (), name, f"{name}@x", name, f"{name}@x", WHEN, "s") for name in self.authors]


def given(*entries: AttestationEntry, view: View | None = None, policy: Policy | None = None) -> CheckContext:
    return CheckContext(
        cast("RepositoryView", view or View()),
        (),
        Coverage(),
        OpennessFile(attestations=entries, path="openness.yml"),
        policy or Policy("gds", "GDS"),
        date(2026, 11, 23),
    )


def run(
    answer: Answer,
    context: CheckContext,
    method: Method = Method.CANDIDATES,
    grade: Grade = Grade.BLOCKER,
) -> CheckResult:
    info = CheckInfo("CLS-01", "T", "Q?", "W.", "R.", Effort.HOURS, "owner", grade, method, (Source("G"),), "closed_code")
    return run_check(Check(info, lambda _: answer), context)


CANDIDATE = failed(Evidence("fraud", path="app/fraud.py"))


def test_a_valid_answer_counts_and_is_shown() -> None:
    result = run(CANDIDATE, given(ENTRY))
    assert result.outcome is Outcome.ATTESTED
    assert result.attested is not None
    assert (result.attested.role, result.attested.until) == ("owner", date(2027, 5, 1))
    assert run(ask("?"), given(ENTRY), Method.HUMAN).outcome is Outcome.ATTESTED


@pytest.mark.parametrize(
    ("entry", "view", "policy", "words"),
    [
        (replace(ENTRY, expires=date(2026, 11, 22)), View(), None, "expired on 2026-11-22"),
        (replace(ENTRY, on=date(2026, 11, 24)), View(), None, "still to come"),
        (replace(ENTRY, expires=date(2027, 11, 2)), View(), None, "longer than the 12 months"),
        (replace(ENTRY, answer="none"), View(), None, "is 'none', but there is 1 candidate in app/fraud.py"),
        (replace(ENTRY, covers=("lib/**",)), View(), None, "does not cover app/fraud.py"),
        (replace(ENTRY, commit="a" * 40), View(), None, "not in this repository"),
        (replace(ENTRY, commit="a" * 40), View({"a" * 40: ["app/fraud.py"]}), None, "app/fraud.py changed after"),
        (ENTRY, View(), Policy("p", "P", second_person=True), "second person"),
        (ENTRY, View(author="Dev"), Policy("p", "P", second_person=True), "second person"),
    ],
)
def test_an_answer_that_does_not_hold_leaves_the_question_open(
    entry: AttestationEntry, view: View, policy: Policy | None, words: str
) -> None:
    result = run(CANDIDATE, given(entry, view=view, policy=policy))
    assert result.outcome is Outcome.FAIL
    assert words in result.reason
    assert result.attested is not None


def test_an_answer_bound_to_a_commit_holds_while_nothing_it_covers_changed() -> None:
    bound = replace(ENTRY, commit="a" * 40, covers=("app/**",))
    assert run(CANDIDATE, given(bound, view=View({"a" * 40: []}))).outcome is Outcome.ATTESTED


def test_an_answer_that_names_no_commit_holds_for_what_its_own_commit_had_seen() -> None:
    seen = View({LINE: []}, author="Dev")
    assert run(CANDIDATE, given(ENTRY, view=seen)).outcome is Outcome.ATTESTED
    later = View({LINE: ["app/fraud.py"]}, author="Dev")
    result = run(CANDIDATE, given(ENTRY, view=later))
    assert result.outcome is Outcome.FAIL
    assert "app/fraud.py changed after" in result.reason
    # Where no file is in question, later commits change nothing.
    assert run(ask("?"), given(ENTRY, view=later), Method.HUMAN).outcome is Outcome.ATTESTED


def test_a_second_person_is_somebody_else_than_the_only_author() -> None:
    policy = Policy("p", "P", second_person=True)
    assert (
        run(CANDIDATE, given(ENTRY, view=View(author="Lead", authors=("Dev", "Lead")), policy=policy)).outcome is Outcome.ATTESTED
    )
    assert run(CANDIDATE, given(ENTRY, view=View(author="Dev", authors=("Dev",)), policy=policy)).outcome is Outcome.FAIL


def test_an_admission_fails_the_check_even_where_a_machine_saw_nothing() -> None:
    admitted = replace(ENTRY, answer="present-unreleased", statement="Budget rates.")
    result = run(passed("nothing seen"), given(admitted))
    assert result.outcome is Outcome.FAIL
    assert "Budget rates" in result.reason


def test_the_newer_word_counts() -> None:
    admitted = replace(ENTRY, answer="present", on=date(2026, 11, 10))
    assert run(CANDIDATE, given(ENTRY, admitted)).outcome is Outcome.FAIL
    assert run(CANDIDATE, given(replace(ENTRY, on=date(2026, 11, 11)), admitted)).outcome is Outcome.ATTESTED


@pytest.mark.parametrize(
    ("grade", "outcome"), [(Grade.BLOCKER, Outcome.FAIL), (Grade.MUST, Outcome.ATTESTED), (Grade.SHOULD, Outcome.ATTESTED)]
)
def test_what_a_machine_decides_is_never_attested_away_as_a_blocker(grade: Grade, outcome: Outcome) -> None:
    assert run(CANDIDATE, given(ENTRY), Method.OFFLINE, grade).outcome is outcome


def test_a_check_that_breaks_says_so_without_telling_what_it_read() -> None:
    def broken(_: CheckContext) -> Answer:
        return Answer(Outcome("hunter2"))

    def known(_: CheckContext) -> Answer:
        msg = "The object cannot be read."
        raise SourceError(msg, hint="Clone again.")

    info = CheckInfo("CLS-01", "T", "Q?", "W.", "R.", Effort.HOURS, "o", Grade.MUST, Method.OFFLINE, (Source("G"),))
    result = run_check(Check(info, broken), given())
    assert (result.outcome, "hunter2" in result.reason, "ValueError" in result.reason) == (Outcome.ERROR, False, True)
    assert run_check(Check(info, known), given()).reason == "The object cannot be read. Clone again."


def test_the_policy_and_the_case_decide_the_grade() -> None:
    lenient = given(policy=Policy("p", "P", check_grades={"CLS-01": Grade.SHOULD}))
    assert run(CANDIDATE, lenient).grade is Grade.SHOULD
    assert run(failed("x", grade=Grade.MUST), given()).grade is Grade.MUST
    assert run(failed("x", grade=Grade.BLOCKER), lenient).grade is Grade.SHOULD


def test_much_evidence_is_shortened_after_the_answer_was_held_against_all_of_it() -> None:
    many = failed(*(Evidence("x", path=f"app/{n}.py") for n in range(80)))
    result = run(many, given(replace(ENTRY, covers=("app/?.py", "app/??.py"))))
    assert (result.outcome, len(result.evidence)) == (Outcome.ATTESTED, 51)
    assert run(many, given(replace(ENTRY, covers=("app/?.py",)))).outcome is Outcome.FAIL


def test_answers_are_shown_with_who_committed_them() -> None:
    context = given(ENTRY, replace(ENTRY, check="XXX-01", line=None), view=View(author="Lead"))
    shown = shown_attestations([run(CANDIDATE, context)], context)
    assert [(a.check, a.state, a.committed) for a in shown] == [
        ("CLS-01", "valid", "Lead, 2026-11-01, eeeeeeeeeeee, signed"),
        ("XXX-01", "no such check", "not committed"),
    ]


def test_an_answer_for_a_mirror_of_findings_counts_for_its_musts_alone() -> None:
    info = CheckInfo("CLS-01", "T", "Q?", "W.", "R.", Effort.HOURS, "o", Grade.BLOCKER, Method.OFFLINE, (Source("G"),), "", True)  # noqa: FBT003
    result = run_check(Check(info, lambda _: CANDIDATE), given(ENTRY))
    assert result.outcome is Outcome.FAIL
    assert result.attested is not None
    assert result.attested.musts_only
