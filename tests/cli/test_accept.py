"""`auditor accept`: what is accepted is cleared, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from auditor.errors import ConfigurationError, OutputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Ground, Run

SOON = (datetime.now(UTC).date() + timedelta(days=90)).isoformat()
FINGERPRINT = "val-" + "0a" * 10
FORM = ("--reason", "test-data", "--until", SOON, "--role", "technical lead")


def test_accept_clears_exactly_that_finding(ground: Ground, run: Run) -> None:
    first, second = ground.aws()
    shown = run("accept", first.fingerprint, *FORM, "--note", "A fixture", "--yes").stdout
    assert "+++ b/openness.yml" in shown
    after = {finding.fingerprint: finding for finding in ground.aws()}
    accepted = after[first.fingerprint].suppression
    assert accepted is not None
    assert accepted.reason == "test-data: A fixture"
    assert after[second.fingerprint].suppression is None


def test_the_commit_is_recorded(ground: Ground, run: Run) -> None:
    run("accept", FINGERPRINT, *FORM, "--yes")
    assert ground.repo.git("rev-parse", "HEAD").strip() in ground.book()


def test_comments_survive_and_other_line_endings_too(ground: Ground, run: Run) -> None:
    (ground.repo.path / "openness.yml").write_bytes(b"# ours\r\nschema: 1 # kept\r\n")
    run("accept", FINGERPRINT, *FORM, "--yes")
    data = (ground.repo.path / "openness.yml").read_bytes()
    assert data.startswith(b"# ours\r\nschema: 1 # kept\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_no_means_no(ground: Ground, run: Run) -> None:
    assert "Nothing was written" in run("accept", FINGERPRINT, *FORM, answers="n\n").stdout
    assert not (ground.repo.path / "openness.yml").exists()


def test_nobody_there_to_ask_is_an_error(run: Run) -> None:
    with pytest.raises(UsageError, match="--yes"):
        run("accept", FINGERPRINT, *FORM)


def test_the_same_again_writes_nothing(run: Run) -> None:
    run("accept", FINGERPRINT, *FORM, "--yes")
    assert "nothing to write" in run("accept", FINGERPRINT, *FORM).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("val-12", *FORM), "not a fingerprint"),
        ((FINGERPRINT, *FORM[:3], "2020-01-01", *FORM[4:]), "in the past"),
        ((FINGERPRINT, *FORM[:3], "soon", *FORM[4:]), "not a date"),
        ((FINGERPRINT, *FORM[:5], " "), "--role is empty"),
        ((FINGERPRINT, *FORM, "--note", "the key was " + "AKIA" + "QYLPMN5HHHFPZAM2"), "--note holds"),
    ],
)
def test_mistakes_are_one_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        run("accept", *arguments, "--yes")
    assert "QYLPMN" not in str(raised.value)


def test_a_link_is_not_followed(ground: Ground, run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("")
    (ground.repo.path / "openness.yml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="is a link"):
        run("accept", FINGERPRINT, *FORM, "--yes")
    assert (tmp_path / "elsewhere").read_text() == ""


def test_a_broken_file_is_left_alone(ground: Ground, run: Run) -> None:
    (ground.repo.path / "openness.yml").write_text("schema: [1\n")
    with pytest.raises(ConfigurationError, match="nothing was written"):
        run("accept", FINGERPRINT, *FORM, "--yes")
    assert ground.book() == "schema: [1\n"


def test_a_bare_copy_cannot_be_answered_in(ground: Ground, run: Run, tmp_path: Path) -> None:
    ground.repo.mirror(tmp_path / "mirror.git")
    with pytest.raises(UsageError, match="bare copy"):
        run("accept", FINGERPRINT, *FORM, "--repo", str(tmp_path / "mirror.git"))
