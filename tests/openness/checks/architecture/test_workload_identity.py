"""ARC-03."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


def test_passes(ask: Ask) -> None:
    assert ask("ARC-03", {".github/workflows/a.yml": "permissions:\n  id-token: write\n"}).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {".github/workflows/a.yml": "steps:\n- with:\n    aws-access-key-id: ${{ secrets.AWS_KEY }}\n"},
        {".github/workflows/a.yml": "permissions:\n  id-token: write\nenv:\n  AWS_SECRET_ACCESS_KEY: ${{ secrets.X }}\n"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("ARC-03", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("ARC-03", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
