"""`auditor attest`: answers, bounded in time; the private part stays outside."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from auditor.errors import UsageError
from auditor.model.check import Outcome
from auditor.openness.book import parse_book

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Ground, Run

TODAY = datetime.now(UTC).date()
FORM = ("--answer", "none", "--statement", "We read the code with the policy team.", "--role", "service owner")


def test_an_answer_settles_the_check(ground: Ground, run: Run) -> None:
    run("attest", "cls-08", *FORM, "--yes")
    result = next(check for check in ground.scan().checks if check.check_id == "CLS-08")
    assert result.outcome is Outcome.ATTESTED
    entry = parse_book(ground.book().encode(), "openness.yml").attestations[0]
    assert entry.commit == ground.repo.git("rev-parse", "HEAD").strip()
    assert TODAY + timedelta(days=180) <= entry.expires <= TODAY + timedelta(days=185)


def test_paths_and_a_day_are_recorded(ground: Ground, run: Run) -> None:
    end = (TODAY + timedelta(days=40)).isoformat()
    run("attest", "CLS-03", *FORM, "--until", end, "--covers", "rules/**", "--covers", "*.sh", "--yes")
    entry = parse_book(ground.book().encode(), "openness.yml").attestations[0]
    assert entry.covers == ("rules/**", "*.sh")
    assert entry.expires.isoformat() == end


def test_the_private_part_is_kept_outside(ground: Ground, run: Run, tmp_path: Path) -> None:
    run("attest", "CLS-03", *FORM, "--private", str(tmp_path / "private.yml"), "--yes")
    assert "policy team" not in ground.book()
    assert "CLS-03" in ground.book()
    assert "policy team" in (tmp_path / "private.yml").read_text()
    assert (tmp_path / "private.yml").stat().st_mode & 0o777 == 0o600
    with pytest.raises(UsageError, match="published with it"):
        run("attest", "CLS-03", *FORM, "--private", str(ground.repo.path / "private.yml"), "--yes")


def test_what_expires_within_30_days_is_listed(run: Run) -> None:
    assert "Nothing expires" in run("attest", "--list").stdout
    run("attest", "CLS-03", *FORM, "--until", (TODAY + timedelta(days=20)).isoformat(), "--yes")
    run("attest", "CLS-08", *FORM, "--yes")
    shown = run("attest", "--list").stdout
    assert "CLS-03" in shown
    assert "CLS-08" not in shown


def test_content_that_was_looked_at_is_recorded_by_its_id(ground: Ground, run: Run) -> None:
    data = b"closed"
    ground.repo.commit({"box.7z": data}, "Box")
    run("attest", "--content", "box.7z", "--statement", "Opened it: pictures only.", "--role", "lead", "--yes")
    assert hashlib.sha1(b"blob 6\0" + data, usedforsecurity=False).hexdigest() in ground.book()
    with pytest.raises(UsageError, match="neither"):
        run("attest", "--content", "nothing.7z", "--statement", "Opened.", "--role", "lead", "--yes")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("CLS-93", *FORM), "Did you mean 'CLS-"),
        (("CLS-03", *FORM, "--answer", "non"), "Did you mean 'none'"),
        (("CLS-03", *FORM, "--until", "2099-01-01"), "The policy gds lets"),
        (("CLS-03", "--role", "owner"), "needs --answer"),
        ((*FORM,), "Name the check"),
    ],
)
def test_mistakes_are_one_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError) as raised:
        run("attest", *arguments, "--yes")
    assert said in str(raised.value)
