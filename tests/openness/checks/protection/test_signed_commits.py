"""PRO-06."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask, AskHistory


def test_signatures_are_counted(ask: Ask, ask_history: AskHistory) -> None:
    assert ask("PRO-06", {"a": "b"}).outcome is Outcome.FAIL
    assert ask_history("PRO-06", ["a@example.gov.uk"], signed=True).outcome is Outcome.PASS
