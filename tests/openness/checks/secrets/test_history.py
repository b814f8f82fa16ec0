"""SEC-02."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.levels import Exposure, Grade
from auditor.model.rule import Category
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_such_a_finding_fails_the_check_with_its_place(ask: Ask) -> None:
    found = finding(
        Exposure.BRANCH_OR_TAG, category=Category.SECRET, rule_id="aws-access-key", grade=Grade.BLOCKER, path="app/data.txt"
    )
    answer = ask("SEC-02", {"README.md": "x"}, findings=(found,))
    assert (answer.outcome, answer.grade) == (Outcome.FAIL, Grade.BLOCKER)
    assert (answer.evidence[0].path, answer.evidence[0].line) == ("app/data.txt", 3)


def test_nothing_or_something_else_passes(ask: Ask) -> None:
    assert ask("SEC-02", {"README.md": "x"}).outcome is Outcome.PASS
    assert ask("SEC-02", {"README.md": "x"}, findings=(finding(Exposure.PULL_REQUEST_REF),)).outcome is Outcome.PASS


def test_a_rotated_secret_is_settled(ask: Ask) -> None:
    found = finding(Exposure.BRANCH_OR_TAG, rotated=date(2026, 11, 1))
    assert ask("SEC-02", {"README.md": "x"}, findings=(found,)).outcome is Outcome.PASS
