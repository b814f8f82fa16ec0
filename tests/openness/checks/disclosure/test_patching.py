"""DIS-05."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


def test_passes(ask: Ask) -> None:
    assert ask("DIS-05", {"SECURITY.md": "Critical weaknesses are fixed within 7 days."}).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"SECURITY.md": "Write to us."},
        {"a": "b"},
    ],
)
def test_is_left_to_a_person_or_the_forge(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("DIS-05", files).outcome is Outcome.NOT_CHECKED
