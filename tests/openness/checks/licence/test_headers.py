"""LIC-08."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


LINE = "# SPDX-License" + "-Identifier: MIT\n"


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": LINE, "b.py": LINE},
        {"REUSE.toml": "version = 1", "a.py": ""},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("LIC-08", files).outcome is Outcome.PASS


def test_fails(ask: Ask) -> None:
    assert ask("LIC-08", {"a.py": LINE, "b.py": "", "c.py": ""}).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": ""},
        {"a.md": ""},
    ],
)
def test_is_not_asked(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("LIC-08", files).outcome is Outcome.NOT_APPLICABLE
