"""OWN-05."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask, AskHistory


def test_one_person_alone_fails(ask: Ask) -> None:
    assert ask("OWN-05", {"a": "b"}, earlier=[{"a": "c"}]).outcome is Outcome.FAIL


def test_two_people_pass_and_programs_do_not_count(ask_history: AskHistory) -> None:
    assert ask_history("OWN-05", ["a@example.gov.uk", "b@example.gov.uk"]).outcome is Outcome.PASS
    assert ask_history("OWN-05", ["a@example.gov.uk", "dependabot[bot]@example.org"]).outcome is Outcome.FAIL
