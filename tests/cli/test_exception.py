"""`auditor exception`: what stays closed is published, why it would do harm is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from auditor.errors import UsageError
from auditor.openness.book import load_book

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Ground, Run

SOON = (datetime.now(UTC).date() + timedelta(days=90)).isoformat()
FORM = (
    *("exception", "fraud-rules", "--covers", "rules/**", "--ground", "fraud-detection", "--role", "service owner"),
    *("--review-by", SOON, "--publication-adds", "the thresholds", "--path-to-harm", "claims just below them", "--yes"),
)


def test_the_two_parts_make_one_exception(ground: Ground, run: Run, tmp_path: Path) -> None:
    private = tmp_path / "private.yml"
    run(*FORM, "--attacker", "a forger of claims", "--private", str(private))
    for word in ("forger", "thresholds", "just below"):
        assert word not in ground.book()
    book = load_book(("openness.yml", ground.book().encode()), (str(private), private.read_bytes()))
    (entry,) = book.exceptions
    assert (entry.attacker, entry.paths, entry.review_by.isoformat()) == ("a forger of claims", ("rules/**",), SOON)
    assert private.stat().st_mode & 0o777 == 0o600


def test_a_threat_model_has_words_and_stays_outside(ground: Ground, run: Run, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--attacker"):
        run(*FORM, "--attacker", " ", "--private", str(tmp_path / "private.yml"))
    with pytest.raises(UsageError, match="published with it"):
        run(*FORM, "--attacker", "a forger", "--private", str(ground.repo.path / "private.yml"))
    assert not (ground.repo.path / "openness.yml").exists()
