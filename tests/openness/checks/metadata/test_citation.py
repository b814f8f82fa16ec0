"""MET-03."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


GOOD = "cff-version: 1.2.0\nmessage: Please cite it.\ntitle: Thing\nauthors:\n- name: Team\n"


def test_passes(ask: Ask) -> None:
    assert ask("MET-03", {"CITATION.cff": GOOD}).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"CITATION.cff": GOOD.replace("message", "massage")},
        {"CITATION.cff": "title: Thing"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("MET-03", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("MET-03", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
