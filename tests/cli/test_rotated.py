"""`auditor rotated`: the secret that was replaced stays in history and blocks no more; the others do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from auditor.errors import UsageError

if TYPE_CHECKING:
    from tests.cli.conftest import Ground, Run

TODAY = datetime.now(UTC).date()
FORM = ("--role", "technical lead", "--evidence", "ticket 12")
FINGERPRINT = "val-" + "0b" * 10


def test_rotated_marks_exactly_that_secret(ground: Ground, run: Run) -> None:
    first, second = ground.aws()
    run("rotated", first.fingerprint, *FORM, "--on", TODAY.isoformat(), "--yes")
    after = {finding.fingerprint: finding for finding in ground.aws()}
    assert after[first.fingerprint].rotated == TODAY
    assert after[second.fingerprint].rotated is None


def test_today_is_the_default(ground: Ground, run: Run) -> None:
    run("rotated", FINGERPRINT, *FORM, "--yes")
    assert f"rotated_on: {TODAY.isoformat()}" in ground.book()


def test_a_day_to_come_and_no_evidence_are_refused(run: Run) -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    with pytest.raises(UsageError, match="still to come"):
        run("rotated", FINGERPRINT, *FORM, "--on", tomorrow, "--yes")
    with pytest.raises(UsageError, match="--evidence is empty"):
        run("rotated", FINGERPRINT, "--role", "lead", "--evidence", " ", "--yes")
