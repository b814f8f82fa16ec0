"""OWN-02."""

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
        {"CONTRIBUTING.md": "We take pull requests."},
        {"README.md": "# A\n\n## Contributing\n\nNot at present.\n"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("OWN-02", files).outcome is Outcome.PASS


def test_fails(ask: Ask) -> None:
    assert ask("OWN-02", {"README.md": "# A\n"}).outcome is Outcome.FAIL


def test_the_organisations_default_counts_where_it_is_known(ask: Ask) -> None:
    assert ask("OWN-02", {"a": "b"}, remotes={"origin": "https://github.com/hmcts/example.git"}).outcome is Outcome.PASS
    assert ask("OWN-02", {"a": "b"}, org_defaults={"CONTRIBUTING.md": "Welcome"}).outcome is Outcome.PASS
