"""MET-02."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


GOOD = {
    "name": "a",
    "description": "b",
    "status": "Production",
    "permissions": {"licenses": [], "usageType": ["openSource"]},
    "organization": "c",
    "repositoryURL": "https://example.org",
    "repositoryVisibility": "public",
    "vcs": "git",
    "laborHours": 1,
    "reuseFrequency": {},
    "languages": ["Python"],
    "maintenance": "internal",
    "contractNumber": [],
    "SBOM": "none",
    "date": {},
    "tags": [],
    "contact": {},
    "feedbackMechanism": "mail",
    "AIUseCaseID": "0",
}


def test_passes(ask: Ask) -> None:
    assert ask("MET-02", {"code.json": json.dumps(GOOD)}).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"code.json": json.dumps({**GOOD, "status": "Done"})},
        {"code.json": "{"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("MET-02", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("MET-02", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
