"""LIC-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from identify.vendor.licenses import LICENSES

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


@pytest.mark.parametrize(
    "files",
    [
        {"LICENCE": "Copyright (c) 2026 Crown Copyright (Example Body)"},
        {"LICENCE": "© Crown copyright"},
        {"LICENCE": "Licensed to all.", "NOTICE": "Copyright 2019-2024 Example Body"},
        {"LICENCE": "Licensed to all.", "a.py": "# Copyright 2021 Example Body\nx = 1\n"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("LIC-04", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {"LICENCE": "The above copyright notice and this notice shall stay."},
        {"LICENCE": "Copyright (c) <year> <copyright holders>"},
        {"LICENSE": "Copyright [yyyy] [name of copyright owner]"},
        {"LICENCE": "Copyright (c) 2942 Example Body"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("LIC-04", files).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    "files",
    [
        {"a": "b"},
        {"LICENSE": dict(LICENSES)["CC0-1.0"]},
    ],
)
def test_is_not_asked(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("LIC-04", files).outcome is Outcome.NOT_APPLICABLE
