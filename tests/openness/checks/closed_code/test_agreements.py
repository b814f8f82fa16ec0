"""CLS-08."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_only_a_person_can_answer(ask: Ask) -> None:
    answer = ask("CLS-08", {"README.md": "x"})
    assert answer.outcome is Outcome.NOT_CHECKED
    assert answer.reason.startswith("Only a person")
