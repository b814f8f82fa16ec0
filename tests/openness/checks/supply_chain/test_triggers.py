"""SUP-06."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome
from auditor.model.levels import Grade

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def workflow(trigger: str, ref: str = "") -> dict[str, str | bytes]:
    checkout = f"    - uses: actions/checkout@v4\n      with:\n        ref: {ref}\n" if ref else "    - run: echo\n"
    return {".github/workflows/a.yml": f"on: {trigger}\njobs:\n  a:\n    steps:\n{checkout}"}


def test_ordinary_triggers_pass(ask: Ask) -> None:
    assert ask("SUP-06", workflow("[push, pull_request]")).outcome is Outcome.PASS
    assert ask("SUP-06", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE


def test_foreign_code_with_full_rights_fails(ask: Ask) -> None:
    answer = ask("SUP-06", workflow("pull_request_target", "${{ github.event.pull_request.head.sha }}"))
    assert (answer.outcome, answer.grade, answer.evidence[0].line) == (Outcome.FAIL, None, 7)


@pytest.mark.parametrize("trigger", ["pull_request_target", "[push, issues]", "\n  workflow_run:\n    workflows: [x]"])
def test_the_trigger_alone_is_advice(ask: Ask, trigger: str) -> None:
    answer = ask("SUP-06", workflow(trigger))
    assert (answer.outcome, answer.grade) == (Outcome.FAIL, Grade.SHOULD)
