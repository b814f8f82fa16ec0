"""SUP-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


HASH = "0123456789" * 4


def workflow(*uses: str) -> dict[str, str | bytes]:
    steps = "".join(f"    - uses: {name}\n" for name in uses)
    return {".github/workflows/ci.yml": f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n{steps}"}


def test_pinned_own_and_local_actions_pass(ask: Ask) -> None:
    files = workflow(f"someone/thing@{HASH} # v1", "actions/checkout@v4", "./local", "example-body/own@main")
    answer = ask("SUP-04", files, remotes={"origin": "https://github.com/example-body/thing"})
    assert (answer.outcome, answer.evidence[0].count) == (Outcome.PASS, 1)


@pytest.mark.parametrize("name", ["someone/thing@v1", "someone/thing@main", "someone/thing", f"someone/thing@{HASH[:7]}"])
def test_a_tag_a_branch_or_a_short_hash_fails(ask: Ask, name: str) -> None:
    answer = ask("SUP-04", workflow("actions/checkout@v4", name))
    assert (answer.outcome, answer.evidence[0].line) == (Outcome.FAIL, 7)


def test_a_reusable_workflow_and_a_composite_action_count(ask: Ask) -> None:
    called = {".github/workflows/a.yml": "on: push\njobs:\n  a:\n    uses: someone/flows/.github/workflows/x.yml@v1\n"}
    assert ask("SUP-04", called).outcome is Outcome.FAIL
    composite = {".github/actions/x/action.yml": "runs:\n  using: composite\n  steps:\n  - uses: someone/thing@v1\n"}
    assert ask("SUP-04", {**workflow(), **composite}).outcome is Outcome.FAIL


def test_without_workflows_and_with_broken_ones(ask: Ask) -> None:
    assert ask("SUP-04", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
    assert ask("SUP-04", {".github/workflows/a.yml": "a: [b"}).outcome is Outcome.NOT_CHECKED
