"""SUP-10."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


def test_passes(ask: Ask) -> None:
    assert ask("SUP-10", {"requirements.txt": "flask==3.0.0\n"}).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"requirements.txt": "--extra-index-url https://packages.example.gov.uk/simple\nflask==3.0.0\n"},
        {"pip.conf": "[global]\nextra-index-url = https://packages.example.gov.uk/simple\n"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("SUP-10", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("SUP-10", {"a.md": ""}).outcome is Outcome.NOT_APPLICABLE
