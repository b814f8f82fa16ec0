"""DOC-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


PACKAGE = '{"name": "a", "main": "index.js"}'


def test_passes(ask: Ask) -> None:
    assert ask("DOC-04", {"package.json": PACKAGE, "CHANGELOG.md": "# 1.0.0"}).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": PACKAGE},
        {"a.gemspec": "Gem::Specification.new"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("DOC-04", files).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": '{"private": true, "main": "index.js"}'},
        {"a.py": ""},
    ],
)
def test_is_not_asked(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("DOC-04", files).outcome is Outcome.NOT_APPLICABLE


def test_version_tags_do_as_well(ask: Ask) -> None:
    assert ask("DOC-04", {"package.json": PACKAGE}, tags=["v1.0.0"]).outcome is Outcome.PASS
