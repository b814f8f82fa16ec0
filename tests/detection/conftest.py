from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.detection import ruleset
from auditor.detection.scanner import Scanner, ScanOptions

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.detection.ruleset import Ruleset


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def rules(cache: Path) -> Ruleset:
    return ruleset.load(cache_dir=cache)


@pytest.fixture(scope="session")
def scanner(rules: Ruleset, cache: Path) -> Scanner:
    return Scanner(rules, ScanOptions(key=b"test key", cache_dir=cache))
