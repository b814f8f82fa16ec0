"""HIS-08."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_messages_of_one_word_fail(ask: Ask) -> None:
    trees = [{"a": str(number)} for number in range(2)]
    assert (
        ask("HIS-08", {"a": "x"}, earlier=trees, messages=["Count each thing once", "Show the sum", "Explain it"]).outcome
        is Outcome.PASS
    )
    answer = ask("HIS-08", {"a": "x"}, earlier=trees, messages=["wip", "fix", "Show the sum"])
    assert (answer.outcome, answer.evidence[0].count) == (Outcome.FAIL, 2)
