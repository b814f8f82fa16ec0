"""HIS-07."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.openness_file import OpennessFile

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_only_a_rewrite_is_asked_about(ask: Ask) -> None:
    assert ask("HIS-07", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
    assert ask("HIS-07", {"a": "b"}, book=OpennessFile(history_option="rewrite")).outcome is Outcome.NOT_CHECKED
