"""LIC-07."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from identify.vendor.licenses import LICENSES

from auditor.model.check import Outcome
from auditor.model.levels import Grade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


@pytest.mark.parametrize(
    "files",
    [
        {"LICENCE": dict(LICENSES)["MIT"], "CONTRIBUTING.md": "You do not have to assign the copyright to us."},
        {"LICENCE": dict(LICENSES)["CC-BY-4.0"]},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("LIC-07", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"LICENCE": dict(LICENSES)["MIT"] + "\nFor non-commercial use only."},
        {"CONTRIBUTING.md": "By contributing you assign all copyright to the Body."},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("LIC-07", files).outcome is Outcome.FAIL


def test_an_agreement_is_only_to_be_read(ask: Ask) -> None:
    answer = ask("LIC-07", {"CONTRIBUTING.md": "Please sign our CLA first: the contributor license agreement."})
    assert (answer.outcome, answer.grade, answer.evidence[0].line) == (Outcome.FAIL, Grade.SHOULD, 1)
