"""TPL-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


@pytest.mark.parametrize(
    "files",
    [
        {"a.png": b"\x89PNG"},
        {"fonts/open.ttf": b"x", "fonts/OFL.txt": "SIL Open Font License"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("TPL-04", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"fonts/light-94a07e06a1-v2.woff2": b"x"},
        {"images/govuk-crest.svg": "<svg/>"},
        {"fonts/Frutiger-Bold.woff": b"x"},
        {"data/paf_2026.csv": "a,b"},
        {"images/nhs-logo.png": b"x"},
    ],
)
def test_is_left_to_a_person_or_the_forge(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("TPL-04", files).outcome is Outcome.NOT_CHECKED
