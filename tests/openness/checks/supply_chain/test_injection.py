"""SUP-07."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def workflow(step: str) -> dict[str, str | bytes]:
    return {".github/workflows/a.yml": f"on: pull_request\njobs:\n  a:\n    steps:\n    - {step}\n"}


def test_a_value_in_the_environment_passes(ask: Ask) -> None:
    step = 'run: echo "$TITLE"\n      env:\n        TITLE: ${{ github.event.pull_request.title }}'
    assert ask("SUP-07", workflow(step)).outcome is Outcome.PASS
    assert ask("SUP-07", workflow("run: echo ${{ github.sha }}")).outcome is Outcome.PASS
    assert ask("SUP-07", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("step", "line"),
    [
        ("run: echo ${{ github.event.pull_request.title }}", 5),
        ("run: |\n        echo\n        echo ${{ github.head_ref }}", 7),
        ("uses: actions/github-script@v7\n      with:\n        script: log('${{ github.event.issue.body }}')", 7),
    ],
)
def test_a_value_in_the_script_fails(ask: Ask, step: str, line: int) -> None:
    answer = ask("SUP-07", workflow(step))
    assert (answer.outcome, answer.evidence[0].line) == (Outcome.FAIL, line)
