"""DOC-02."""

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
        {"a.py": "", "README.md": "# A\n\n## Installing\n\nDo it.\n\n## Testing\n\nTry it.\n"},
        {"a.py": "", "README.md": "# A\n\n```\nnpm start\n```\n"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("DOC-02", files).outcome is Outcome.PASS


def test_fails(ask: Ask) -> None:
    assert (
        ask("DOC-02", {"a.py": "", "README.md": "# A\n\nIt counts things for people who like numbers.\n"}).outcome is Outcome.FAIL
    )


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": ""},
        {"README.md": "# A"},
    ],
)
def test_is_not_asked(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("DOC-02", files).outcome is Outcome.NOT_APPLICABLE
