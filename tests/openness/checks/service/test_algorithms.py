"""SRV-02."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


def test_passes(ask: Ask) -> None:
    assert (
        ask("SRV-02", {"requirements.txt": "scikit-learn==1.5\n", "README.md": "See the Algorithmic Transparency Record."}).outcome
        is Outcome.PASS
    )


def test_is_not_asked(ask: Ask) -> None:
    assert ask("SRV-02", {"requirements.txt": "flask==3\n"}).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "files",
    [
        {"requirements.txt": "flask\nscikit-learn==1.5\n"},
        {"package.json": '{"dependencies": {"openai": "^4"}}'},
    ],
)
def test_is_left_to_a_person_or_the_forge(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("SRV-02", files).outcome is Outcome.NOT_CHECKED
