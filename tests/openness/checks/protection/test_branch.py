"""PRO-03."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_only_the_forge_knows(ask: Ask) -> None:
    answer = ask("PRO-03", {"a": "b"})
    assert answer.outcome is Outcome.NOT_CHECKED
    assert "main needs a review" in answer.reason
