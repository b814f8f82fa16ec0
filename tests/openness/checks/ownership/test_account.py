"""OWN-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_the_forge_decides_and_the_remote_is_shown(ask: Ask) -> None:
    answer = ask("OWN-04", {"a": "b"}, remotes={"origin": "https://github.com/Example-Body/thing.git"})
    assert answer.outcome is Outcome.NOT_CHECKED
    assert "the forge's API" in answer.reason
    assert "github.com/example-body" in answer.evidence[0].text
