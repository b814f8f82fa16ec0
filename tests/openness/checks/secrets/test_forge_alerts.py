"""SEC-12."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_it_is_not_checked_without_the_forge(ask: Ask) -> None:
    answer = ask("SEC-12", {"README.md": "x"})
    assert answer.outcome is Outcome.NOT_CHECKED
    assert "forge" in answer.reason
