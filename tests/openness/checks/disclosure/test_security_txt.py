"""DIS-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


def test_passes(ask: Ask) -> None:
    assert (
        ask(
            "DIS-04", {"public/.well-known/security.txt": "Contact: https://example.gov.uk/report\nExpires: 2027-01-01T00:00:00Z\n"}
        ).outcome
        is Outcome.PASS
    )


@pytest.mark.parametrize(
    "files",
    [
        {"security.txt": "Contact: https://example.gov.uk/report\nExpires: 2026-01-01T00:00:00Z\n"},
        {"security.txt": "Contact: https://example.gov.uk/report\n"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("DIS-04", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("DIS-04", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
