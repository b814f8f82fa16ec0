"""OWN-03."""

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
        {"CODE_OF_CONDUCT.md": "Be kind."},
        {"CONTRIBUTING.md": "We follow this [code of conduct](https://example.org)."},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("OWN-03", files).outcome is Outcome.PASS


def test_fails(ask: Ask) -> None:
    assert ask("OWN-03", {"README.md": "# A\n"}).outcome is Outcome.FAIL


def test_the_organisations_default_counts_where_it_is_known(ask: Ask) -> None:
    assert ask("OWN-03", {"a": "b"}, remotes={"origin": "https://github.com/alphagov/example"}).outcome is Outcome.PASS
