"""PII-14."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_data_files_are_shown_to_a_person_and_those_of_tests_are_not(ask: Ask) -> None:
    answer = ask("PII-14", {"data/counts.csv": "a,b\n1,2\n"})
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.NOT_CHECKED, "data/counts.csv")
    assert ask("PII-14", {"spec/fixtures/counts.csv": "a\n"}).outcome is Outcome.NOT_APPLICABLE
