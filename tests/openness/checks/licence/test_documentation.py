"""LIC-05."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from identify.vendor.licenses import LICENSES

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


MIT = dict(LICENSES)["MIT"]


@pytest.mark.parametrize(
    "files",
    [
        {"a.md": "x", "b.md": "y", "LICENCE": MIT, "README.md": "Documentation: Open Government Licence v3.0"},
        {"a.md": "x", "b.html.md.erb": "y", "LICENSE": dict(LICENSES)["CC-BY-4.0"]},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("LIC-05", files).outcome is Outcome.PASS


def test_fails(ask: Ask) -> None:
    assert ask("LIC-05", {"a.md": "x", "b.md": "y", "LICENCE": MIT}).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("LIC-05", {"README.md": "x", "a.py": "", "b.py": "", "LICENCE": MIT}).outcome is Outcome.NOT_APPLICABLE
