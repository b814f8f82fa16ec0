"""The page of checks is current, and every check can stand on its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.openness.catalogue import markdown
from auditor.openness.registry import CHECKS

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), "run: python -m auditor.openness.catalogue > docs/checks.md"


@pytest.mark.parametrize("name", list(CHECKS))
def test_each_check_says_all_that_its_readers_need(name: str) -> None:
    info = CHECKS[name].info
    assert info.id == name
    assert info.question.endswith("?")
    for text in (info.title, info.why, info.remediation, info.who):
        assert text
    assert info.why.endswith(".")
    assert info.remediation.endswith(".")
    assert info.sources
    assert all(source.document and source.url.startswith("https://") for source in info.sources)
