"""MET-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


GOOD = "header:\n  schema-version: 2.0.0\n  last-reviewed: 2026-01-01\n  last-updated: 2026-01-01\n  url: https://example.org\n"


@pytest.mark.parametrize(
    "files",
    [
        {"security-insights.yml": GOOD},
        {".github/security-insights.yml": GOOD},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("MET-04", files).outcome is Outcome.PASS


def test_fails(ask: Ask) -> None:
    assert ask("MET-04", {"security-insights.yml": GOOD.replace("last-reviewed", "reviewed")}).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("MET-04", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
