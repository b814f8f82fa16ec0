"""DOC-05."""

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
        {"README.md": "Please raise an issue."},
        {".github/ISSUE_TEMPLATE/bug.yml": "name: Bug"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("DOC-05", files).outcome is Outcome.PASS


def test_is_left_to_a_person_or_the_forge(ask: Ask) -> None:
    assert ask("DOC-05", {"README.md": "It counts."}).outcome is Outcome.NOT_CHECKED
