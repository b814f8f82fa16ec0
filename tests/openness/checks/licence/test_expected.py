"""LIC-03."""

from __future__ import annotations

from typing import TYPE_CHECKING

from identify.vendor.licenses import LICENSES

from auditor.model.check import Outcome
from auditor.model.policy import Policy

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


MIT = dict(LICENSES)["MIT"]
GDS = Policy("gds", "GDS", expected_licences=("MIT",))


def test_the_expected_licence_passes(ask: Ask) -> None:
    answer = ask("LIC-03", {"LICENCE": MIT}, policy=GDS)
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.PASS, "LICENCE")


def test_another_licence_fails(ask: Ask) -> None:
    assert ask("LIC-03", {"LICENCE": dict(LICENSES)["ISC"]}, policy=GDS).outcome is Outcome.FAIL


def test_without_an_expectation_or_a_licence_it_is_not_asked(ask: Ask) -> None:
    assert ask("LIC-03", {"LICENCE": MIT}, policy=Policy("generic", "Generic")).outcome is Outcome.NOT_APPLICABLE
    assert ask("LIC-03", {"a": "b"}, policy=GDS).outcome is Outcome.NOT_APPLICABLE
