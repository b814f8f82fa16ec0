"""DOC-03."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": "This service is in public beta."},
        {"README.md": "It counts."},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("DOC-03", files).outcome is Outcome.PASS


def test_old_and_silent_fails_and_a_word_is_enough(ask: Ask) -> None:
    later = date(2028, 1, 1)
    assert ask("DOC-03", {"README.md": "It counts."}, today=later).outcome is Outcome.FAIL
    assert ask("DOC-03", {"README.md": "This is no longer maintained."}, today=later).outcome is Outcome.PASS
    assert ask("DOC-03", {"publiccode.yml": "developmentStatus: obsolete"}, today=later).outcome is Outcome.PASS
