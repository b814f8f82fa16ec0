"""DOC-06."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def workflow(runner: str) -> str:
    return f"on: push\njobs:\n  test:\n    runs-on: {runner}\n    steps:\n    - uses: actions/checkout@v4\n    - run: npm test\n"


def test_a_build_on_a_hosted_runner_passes(ask: Ask) -> None:
    answer = ask("DOC-06", {"a.js": "", ".github/workflows/ci.yml": workflow("ubuntu-latest")})
    assert (answer.outcome, answer.evidence[0].line) == (Outcome.PASS, 7)


def test_otherwise_a_person_tries(ask: Ask) -> None:
    assert ask("DOC-06", {"a.js": ""}).outcome is Outcome.NOT_CHECKED
    assert ask("DOC-06", {"a.js": "", ".github/workflows/ci.yml": workflow("self-hosted")}).outcome is Outcome.NOT_CHECKED
    assert ask("DOC-06", {"a.md": ""}).outcome is Outcome.NOT_APPLICABLE
