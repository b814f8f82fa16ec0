"""DIS-03."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_only_the_forge_knows(ask: Ask) -> None:
    answer = ask("DIS-03", {"SECURITY.md": "x"})
    assert answer.outcome is Outcome.NOT_CHECKED
    assert "Settings, Advanced Security" in answer.reason
