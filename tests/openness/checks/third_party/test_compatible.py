"""TPL-02."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from identify.vendor.licenses import LICENSES

from auditor.model.check import Outcome
from auditor.model.levels import Grade

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


MIT = dict(LICENSES)["MIT"]


def lock(licence: str, *, dev: bool = False) -> str:
    return json.dumps({"packages": {"node_modules/a": {"version": "1.0.0", "license": licence, "dev": dev}}})


@pytest.mark.parametrize(
    "licence",
    ["MIT", "(MIT OR GPL-3.0)", "BSD-3-Clause AND Apache-2.0", "MPL-2.0", "Apache-2.0 WITH LLVM-exception", "LGPL-3.0-or-later"],
)
def test_a_licence_that_goes_with_mit_passes(ask: Ask, licence: str) -> None:
    assert ask("TPL-02", {"LICENCE": MIT, "package-lock.json": lock(licence)}).outcome is Outcome.PASS


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "MIT AND AGPL-3.0", "CC-BY-NC-4.0", "BUSL-1.1", "SSPL-1.0"])
def test_a_licence_that_does_not_fails(ask: Ask, licence: str) -> None:
    answer = ask("TPL-02", {"LICENCE": MIT, "package-lock.json": lock(licence)})
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.FAIL, "package-lock.json")


def test_the_projects_own_licence_decides_on_copyleft(ask: Ask) -> None:
    assert ask("TPL-02", {"LICENCE": dict(LICENSES)["AGPL-3.0"], "package-lock.json": lock("GPL-3.0")}).outcome is Outcome.PASS


@pytest.mark.parametrize("licence", ["SEE LICENSE IN LICENSE.md", "Custom", "((("])
def test_what_no_list_knows_is_read_by_a_person(ask: Ask, licence: str) -> None:
    assert ask("TPL-02", {"LICENCE": MIT, "package-lock.json": lock(licence)}).outcome is Outcome.NOT_CHECKED


def test_tools_of_developers_do_not_count_and_unknown_is_not_fine(ask: Ask) -> None:
    assert ask("TPL-02", {"LICENCE": MIT, "package-lock.json": lock("GPL-3.0", dev=True)}).outcome is Outcome.NOT_CHECKED
    assert ask("TPL-02", {"requirements.txt": "flask==3.0.0"}).grade is Grade.SHOULD
    assert ask("TPL-02", {"a.py": ""}).outcome is Outcome.NOT_APPLICABLE
