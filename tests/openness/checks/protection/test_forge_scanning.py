"""PRO-02."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_only_the_forge_knows(ask: Ask) -> None:
    answer = ask("PRO-02", {"a": "b"})
    assert answer.outcome is Outcome.NOT_CHECKED
    assert "administrator" in answer.reason
