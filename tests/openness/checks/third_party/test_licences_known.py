"""TPL-01."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


LOCK = {"lockfileVersion": 3, "packages": {"": {"name": "x"}, "node_modules/a": {"version": "1.0.0", "license": "MIT"}}}
REFUSED = {"packages": {"node_modules/a": {"version": "1.0.0", "license": "UNLICENSED"}}}
SILENT = {"packages": {"node_modules/a": {"version": "1.0.0"}}}


@pytest.mark.parametrize(
    "files",
    [
        {"package-lock.json": json.dumps(LOCK)},
        {"composer.lock": json.dumps({"packages": [{"name": "a/b", "version": "1", "license": ["MIT"]}]})},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("TPL-01", files).outcome is Outcome.PASS


def test_fails(ask: Ask) -> None:
    assert ask("TPL-01", {"package-lock.json": json.dumps(REFUSED)}).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("TPL-01", {"a.py": ""}).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "files",
    [
        {"package-lock.json": json.dumps(SILENT)},
        {"package-lock.json": json.dumps({"lockfileVersion": 1, "dependencies": {}})},
        {"package-lock.json": "not json"},
        {"requirements.txt": "flask==3.0.0"},
    ],
)
def test_is_left_to_a_person_or_the_forge(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("TPL-01", files).outcome is Outcome.NOT_CHECKED
