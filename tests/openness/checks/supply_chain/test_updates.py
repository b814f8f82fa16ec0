"""SUP-02."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


USES = {"requirements.txt": "flask==3.0.0\n"}


@pytest.mark.parametrize(
    "files",
    [
        {**USES, ".github/dependabot.yml": "version: 2"},
        {**USES, "renovate.json": "{}"},
        {"package.json": '{"dependencies": {"a": "1"}, "renovate": {}}'},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("SUP-02", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        USES,
        {"Dockerfile": "FROM example"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("SUP-02", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("SUP-02", {"a.md": ""}).outcome is Outcome.NOT_APPLICABLE
