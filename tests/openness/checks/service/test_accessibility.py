"""SRV-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


PAGES = {f"app/views/page{number}.html": "<p>Page</p>" for number in range(5)}


@pytest.mark.parametrize(
    "files",
    [
        {**PAGES, "docs/accessibility-statement.md": "x"},
        {**PAGES, "app/views/footer.html": '<a href="/accessibility-statement">Accessibility</a>'},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("SRV-01", files).outcome is Outcome.PASS


def test_is_not_asked(ask: Ask) -> None:
    assert ask("SRV-01", {"docs/views/page.html": "x", "a.py": ""}).outcome is Outcome.NOT_APPLICABLE


def test_is_left_to_a_person_or_the_forge(ask: Ask) -> None:
    assert ask("SRV-01", {**PAGES}).outcome is Outcome.NOT_CHECKED
