"""CLS-04."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.openness_file import OpennessFile, Person
from tests.openness.verdict_cases import exception

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_each_fault_of_an_exception_fails(ask: Ask) -> None:
    good = exception("fraud/**")
    for wrong, words in (
        (replace(good, paths=()), "names no paths"),
        (replace(good, review_by=date(2026, 11, 1)), "was to be reviewed by 2026-11-01"),
        (replace(good, review_by=date(2027, 12, 1)), "more than 12 months"),
        (replace(good, on=date(2026, 12, 1)), "still to come"),
        (replace(good, path_to_harm=""), "does not say the path to harm"),
        (replace(good, approved_by=Person("")), "names no role"),
    ):
        answer = ask("CLS-04", {"a": "x"}, book=OpennessFile(intended="part", exceptions=(wrong,)))
        assert answer.outcome is Outcome.FAIL
        assert words in answer.evidence[0].text


def test_a_whole_exception_passes_and_a_private_threat_model_may_stay_away(ask: Ask) -> None:
    private = replace(exception("fraud/**"), attacker="", publication_adds="", path_to_harm="", private_threat_model=True)
    for entry in (exception("fraud/**"), private):
        assert ask("CLS-04", {"a": "x"}, book=OpennessFile(intended="part", exceptions=(entry,))).outcome is Outcome.PASS
    assert ask("CLS-04", {"a": "x"}).outcome is Outcome.NOT_APPLICABLE
    assert ask("CLS-04", {"a": "x"}, book=OpennessFile(intended="closed")).outcome is Outcome.FAIL
