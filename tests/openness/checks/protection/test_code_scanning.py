"""PRO-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_passes(ask: Ask) -> None:
    assert (
        ask("PRO-04", {".github/workflows/a.yml": "jobs:\n  a:\n    steps:\n    - uses: github/codeql-action/init@v3\n"}).outcome
        is Outcome.PASS
    )


def test_is_left_to_a_person_or_the_forge(ask: Ask) -> None:
    assert ask("PRO-04", {"a": "b"}).outcome is Outcome.NOT_CHECKED
