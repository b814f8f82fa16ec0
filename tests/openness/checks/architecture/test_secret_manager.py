"""ARC-01."""

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
        {"a.py": "import os\nkey = os.environ['KEY']\n"},
        {"main.tf": 'data "aws_secretsmanager_secret" "x" {}\n'},
        {"deploy.yaml": "valueFrom:\n  secretKeyRef: {}\n"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("ARC-01", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "x = 1\n"},
        {"tests/a.py": "import os\nkey = os.environ['KEY']\n"},
    ],
)
def test_is_not_asked(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("ARC-01", files).outcome is Outcome.NOT_APPLICABLE
