from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.detection import ruleset
from auditor.detection.globs import Globs
from auditor.detection.scanner import Scanner, ScanOptions
from auditor.model.blob import Blob
from auditor.model.levels import Confidence, Severity
from auditor.model.rule import Category

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditor.detection.ruleset import Ruleset

SECRETS = {Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY}


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def rules(cache: Path) -> Ruleset:
    return ruleset.load(cache_dir=cache)


@pytest.fixture(scope="session")
def scanner(rules: Ruleset, cache: Path) -> Scanner:
    return Scanner(rules, ScanOptions(key=b"test key", cache_dir=cache))


@pytest.fixture(scope="session")
def shown(rules: Ruleset, scanner: Scanner) -> Callable[[str, str], list[str]]:
    """Return what tells which rules show a credential by default in a text of a file; the seam of examples is taken out."""
    paths = Globs((rule.id, rule.paths.include) for rule in rules.rules if rule.paths.include)

    def ids(file: str, text: str) -> list[str]:
        data = text.replace("\u00a6", "").rstrip("\n").encode() + b"\n"
        return [
            rule.id
            for match, _ in scanner.scan(Blob(file, len(data), data))
            for rule in (rules[match.rule_id],)
            if rule.category in SECRETS and match.confidence is not Confidence.LOW and match.severity is not Severity.INFO
            if not rule.paths.include or rule.id in paths.match(file)
        ]

    return ids
