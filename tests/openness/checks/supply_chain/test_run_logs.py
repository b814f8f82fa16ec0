"""SUP-09."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_is_not_asked(ask: Ask) -> None:
    assert ask("SUP-09", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE


def test_is_left_to_a_person_or_the_forge(ask: Ask) -> None:
    assert ask("SUP-09", {".github/workflows/a.yml": "on: push\njobs: {}\n"}).outcome is Outcome.NOT_CHECKED
