"""SEC-05."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.levels import Exposure
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_a_secret_of_the_past_that_was_not_replaced_fails(ask: Ask) -> None:
    assert ask("SEC-05", {"README.md": "x"}, findings=(finding(Exposure.BRANCH_OR_TAG),)).outcome is Outcome.FAIL


def test_replaced_ones_pass_with_their_dates_and_none_is_not_applicable(ask: Ask) -> None:
    found = finding(Exposure.BRANCH_OR_TAG, rotated=date(2026, 11, 1))
    answer = ask("SEC-05", {"README.md": "x"}, findings=(found,))
    assert answer.outcome is Outcome.PASS
    assert "replaced on 2026-11-01" in answer.evidence[0].text
    assert ask("SEC-05", {"README.md": "x"}, findings=(finding(Exposure.HEAD),)).outcome is Outcome.NOT_APPLICABLE
