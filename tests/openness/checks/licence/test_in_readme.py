"""LIC-06."""

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
        {"README.md": "# A\n\nThis is released under the [MIT License](LICENCE)."},
        {"README.md": "# A\n\n## Licence\n\nSee the file.\n"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("LIC-06", files).outcome is Outcome.PASS


def test_fails(ask: Ask) -> None:
    assert ask("LIC-06", {"README.md": "# A\n\nIt counts things.\n"}).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("LIC-06", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
