"""HIS-02."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import AskHistory


@pytest.mark.parametrize(
    ("host", "outcome"), [("example.gov.uk", Outcome.PASS), ("gmail.com", Outcome.FAIL), ("laptop.local", Outcome.FAIL)]
)
def test_many_private_or_machine_addresses_fail(ask_history: AskHistory, host: str, outcome: Outcome) -> None:
    answer = ask_history("HIS-02", [f"person{number}@{host}" for number in range(6)])
    assert answer.outcome is outcome
    assert not any("person" in evidence.text for evidence in answer.evidence)


def test_a_few_are_only_counted(ask_history: AskHistory) -> None:
    answer = ask_history("HIS-02", ["a@gmail.com", *(f"person{number}@example.gov.uk" for number in range(5))])
    assert (answer.outcome, answer.evidence[0].count) == (Outcome.PASS, 1)
