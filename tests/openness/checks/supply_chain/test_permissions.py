"""SUP-05."""

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
        {".github/workflows/a.yml": "on: push\npermissions:\n  contents: read\njobs: {}\n"},
        {".github/workflows/a.yml": "on: push\njobs:\n  a:\n    permissions: {}\n"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("SUP-05", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {".github/workflows/a.yml": "on: push\njobs:\n  a:\n    steps: []\n"},
        {".github/workflows/a.yml": "on: push\npermissions: write-all\njobs: {}\n"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("SUP-05", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("SUP-05", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
