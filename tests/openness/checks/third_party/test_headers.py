"""TPL-05."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome
from auditor.model.levels import Grade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "# Copyright 2026 Example. All rights reserved. Licensed under the MIT License.\nx = 1\n"},
        {"a.py": "x = 'this is Confidential'\n"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("TPL-05", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"a.java": "/*\n * Proprietary and confidential\n */\npackage a;\n"},
        {"a.py": "# Copyright (c) 2019 Accenture\n"},
        {"a.py": "# Commercial in confidence\n"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("TPL-05", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert (
        ask("TPL-05", {"a.md": "Confidential", "vendor/a.py": "# Proprietary and confidential\n"}).outcome is Outcome.NOT_APPLICABLE
    )


def test_rights_reserved_beside_an_open_licence_are_advice(ask: Ask) -> None:
    answer = ask("TPL-05", {"a.kt": "/*\n * Copyright © 2020 Example. All rights reserved.\n */\n"})
    assert (answer.outcome, answer.grade, answer.evidence[0].line) == (Outcome.FAIL, Grade.SHOULD, 2)
