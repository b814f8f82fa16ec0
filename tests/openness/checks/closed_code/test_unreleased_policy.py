"""CLS-03."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.levels import Grade
from auditor.model.rule import Category
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_candidates_fail_and_without_them_a_person_is_asked(ask: Ask) -> None:
    found = finding(category=Category.CLOSED_CODE, rule_id="unreleased-policy", grade=Grade.MUST)
    assert ask("CLS-03", {"a": "x"}, findings=(found,)).outcome is Outcome.FAIL
    assert ask("CLS-03", {"a": "x"}).outcome is Outcome.NOT_CHECKED
