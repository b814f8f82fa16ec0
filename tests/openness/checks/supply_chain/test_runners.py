"""SUP-08."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def workflow(runner: str, more: str = "") -> dict[str, str | bytes]:
    return {".github/workflows/a.yml": f"on: push\njobs:\n  a:\n    runs-on: {runner}\n{more}"}


def test_hosted_runners_pass(ask: Ask) -> None:
    assert ask("SUP-08", workflow("ubuntu-latest")).outcome is Outcome.PASS
    assert ask("SUP-08", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("runner", "more"),
    [
        ("self-hosted", ""),
        ("[self-hosted, linux]", ""),
        ("${{ matrix.os }}", "    strategy:\n      matrix:\n        os: [ubuntu-latest, self-hosted]\n"),
    ],
)
def test_the_organisations_own_machines_fail(ask: Ask, runner: str, more: str) -> None:
    answer = ask("SUP-08", workflow(runner, more))
    assert answer.outcome is Outcome.FAIL
    assert answer.evidence[0].line


def test_a_group_is_known_to_the_forge_only(ask: Ask) -> None:
    assert ask("SUP-08", workflow("{group: large}")).outcome is Outcome.NOT_CHECKED
