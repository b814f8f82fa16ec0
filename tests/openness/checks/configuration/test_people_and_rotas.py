"""CFG-09."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_a_rota_is_shown_and_ordinary_files_pass(ask: Ask) -> None:
    answer = ask("CFG-09", {"docs/on-call-rota.csv": "x"})
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.FAIL, "docs/on-call-rota.csv")
    assert ask("CFG-09", {"app/rotate.py": "x", "docs/staffing.md": "x"}).outcome is Outcome.PASS
