"""CFG-05."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.levels import Exposure, Grade
from auditor.model.rule import Category
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_such_a_finding_fails_the_check_with_its_place(ask: Ask) -> None:
    found = finding(
        Exposure.HEAD, category=Category.RISKY_FILE, rule_id="terraform-state", grade=Grade.BLOCKER, path="app/data.txt"
    )
    answer = ask("CFG-05", {"README.md": "x"}, findings=(found,))
    assert (answer.outcome, answer.grade) == (Outcome.FAIL, Grade.BLOCKER)
    assert (answer.evidence[0].path, answer.evidence[0].line) == ("app/data.txt", 3)


def test_nothing_or_something_else_passes(ask: Ask) -> None:
    assert ask("CFG-05", {"README.md": "x"}).outcome is Outcome.PASS
    assert (
        ask("CFG-05", {"README.md": "x"}, findings=(finding(category=Category.CLOSED_CODE, rule_id="fraud-threshold"),)).outcome
        is Outcome.PASS
    )
