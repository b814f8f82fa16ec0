"""MET-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


GOOD = """publiccodeYmlVersion: "0.4"
name: Thing
url: https://example.org/thing.git
platforms: [web]
developmentStatus: stable
softwareType: standalone/web
description: {en: {shortDescription: It counts things}}
legal: {license: MIT}
maintenance: {type: internal, contacts: [{name: Team}]}
localisation: {localisationReady: true, availableLanguages: [en]}
"""


def test_passes(ask: Ask) -> None:
    assert ask("MET-01", {"publiccode.yml": GOOD}).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"publiccode.yml": GOOD.replace("stable", "finished")},
        {"publiccode.yml": GOOD.replace("contacts:", "people:")},
        {"publiccode.yml": "name: Thing"},
        {"publiccode.yml": "a: [b"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("MET-01", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("MET-01", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE


def test_the_key_and_its_line_are_named(ask: Ask) -> None:
    evidence = ask("MET-01", {"publiccode.yml": GOOD.replace("stable", "finished")}).evidence[0]
    assert (evidence.line, evidence.text.split(":")[0]) == (5, "developmentStatus")
