"""CLS-02."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.levels import Grade
from auditor.model.rule import Category
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_a_person_is_asked_where_something_looks_like_it(ask: Ask) -> None:
    found = finding(category=Category.CLOSED_CODE, rule_id="fraud-threshold", grade=Grade.MUST)
    assert ask("CLS-02", {"a": "x"}, findings=(found,)).outcome is Outcome.NOT_CHECKED
    assert ask("CLS-02", {"a": "x"}).outcome is Outcome.NOT_APPLICABLE
