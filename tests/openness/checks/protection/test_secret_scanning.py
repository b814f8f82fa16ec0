"""PRO-01."""

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
        {".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks:\n  - id: detect-secrets\n"},
        {".github/workflows/scan.yml": "jobs:\n  a:\n    steps:\n    - run: gitleaks detect\n"},
        {".gitlab-ci.yml": "include:\n- template: Security/Secret-Detection.gitlab-ci.yml\n"},
        {"scripts/githooks/check.sh": "ggshield secret scan pre-commit\n"},
    ],
)
def test_a_scanner_that_something_starts_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    answer = ask("PRO-01", files)
    assert answer.outcome is Outcome.PASS
    assert answer.evidence[0].line


@pytest.mark.parametrize(
    "files", [{"a": "b"}, {".secrets.baseline": "{}"}, {".pre-commit-config.yaml": "# detect-secrets some day\nrepos: []\n"}]
)
def test_nothing_settings_alone_or_a_comment_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("PRO-01", files).outcome is Outcome.FAIL
