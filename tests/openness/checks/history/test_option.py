"""HIS-06."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.openness_file import OpennessFile

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_a_recorded_decision_passes(ask: Ask) -> None:
    book = OpennessFile(history_option="keep-and-rotate", history_reason="all keys changed", path="openness.yml")
    answer = ask("HIS-06", {"a": "b"}, earlier=[{"a": "c"}], book=book)
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.PASS, "openness.yml")


def test_without_one_a_person_is_asked(ask: Ask) -> None:
    assert ask("HIS-06", {"a": "b"}, earlier=[{"a": "c"}]).outcome is Outcome.NOT_CHECKED


def test_a_single_commit_has_no_history(ask: Ask) -> None:
    assert ask("HIS-06", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
