"""PII-10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.coverage import Coverage, GapKind, Skipped
from auditor.model.levels import Exposure, Grade
from auditor.model.rule import Category
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_such_a_finding_fails_the_check_with_its_place(ask: Ask) -> None:
    found = finding(
        Exposure.HEAD, category=Category.PERSONAL_DATA, rule_id="person-table", grade=Grade.BLOCKER, path="app/data.txt"
    )
    answer = ask("PII-10", {"README.md": "x"}, findings=(found,))
    assert (answer.outcome, answer.grade) == (Outcome.FAIL, Grade.BLOCKER)
    assert (answer.evidence[0].path, answer.evidence[0].line) == ("app/data.txt", 3)


def test_nothing_or_something_else_passes(ask: Ask) -> None:
    assert ask("PII-10", {"README.md": "x"}).outcome is Outcome.PASS
    assert (
        ask("PII-10", {"README.md": "x"}, findings=(finding(category=Category.CLOSED_CODE, rule_id="fraud-threshold"),)).outcome
        is Outcome.PASS
    )


def test_data_in_a_closed_format_is_shown_to_a_person(ask: Ask) -> None:
    answer = ask("PII-10", {"data/people.sav": "$FL2"})
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.NOT_CHECKED, "data/people.sav")


def test_a_table_kept_by_column_is_shown_to_a_person_where_it_was_not_read(ask: Ask) -> None:
    files = {"data/people.parquet": "PAR1"}
    shut = Skipped(GapKind.OPAQUE, "container", "unsupported format (parquet)", path="data/people.parquet")
    assert ask("PII-10", files, coverage=Coverage(skipped=(shut,))).outcome is Outcome.NOT_CHECKED
    assert ask("PII-10", files).outcome is Outcome.PASS
