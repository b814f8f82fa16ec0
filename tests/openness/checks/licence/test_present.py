"""LIC-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


@pytest.mark.parametrize("name", ["LICENCE", "LICENSE.md", "licence.txt", "COPYING", "LICENSES/MIT.txt", "MIT-LICENSE"])
def test_a_licence_file_at_the_root_passes(ask: Ask, name: str) -> None:
    answer = ask("LIC-01", {name: "The MIT License"})
    assert answer.outcome is Outcome.PASS
    assert answer.evidence[0].path == name


@pytest.mark.parametrize(
    "files", [{"README.md": "Licence: MIT"}, {"docs/LICENCE": "MIT"}, {"LICENCE": " \n"}, {"licence.py": "x = 1"}]
)
def test_elsewhere_empty_or_only_named_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("LIC-01", files).outcome is Outcome.FAIL


def test_a_link_inside_the_tree_is_followed_and_one_that_leaves_it_is_not(ask: Ask) -> None:
    assert ask("LIC-01", {"docs/licence.txt": "MIT"}, links={"LICENCE": "docs/licence.txt"}).outcome is Outcome.PASS
    assert ask("LIC-01", {"a": "b"}, links={"LICENCE": "../../outside"}).outcome is Outcome.FAIL
