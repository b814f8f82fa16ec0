"""TPL-03."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


@pytest.mark.parametrize(
    "files",
    [
        {"vendor/lib/a.js": "x()", "vendor/lib/LICENSE": "MIT"},
        {"node_modules/a/index.js": "x()", "node_modules/a/package.json": '{"license": "MIT"}'},
        {"assets/jquery.min.js": "/*! (c) Example Foundation, license MIT */x()"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("TPL-03", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"vendor/lib/a.js": "x()", "vendor/other/LICENSE": "MIT"},
        {"assets/jquery.min.js": "x()"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("TPL-03", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("TPL-03", {"src/a.js": "x()", "dist/app.min.js": "x()"}).outcome is Outcome.NOT_APPLICABLE
