"""PRO-08."""

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
        {".github/workflows/a.yml": "on: pull_request\njobs:\n  a:\n    steps:\n    - run: auditor ci\n"},
        {".gitlab-ci.yml": "scan:\n  script: gitleaks detect\n"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("PRO-08", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"a": "b"},
        {".github/workflows/a.yml": "on: workflow_dispatch\njobs:\n  a:\n    steps:\n    - run: auditor ci\n"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("PRO-08", files).outcome is Outcome.FAIL
