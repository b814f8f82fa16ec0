"""`auditor init`: what is missing is written after a look at it, and nothing that exists is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from auditor.errors import ConfigurationError, OutputError, UsageError
from auditor.model.check import Outcome
from auditor.openness.book import parse_book

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Ground, Run

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FLAGS = (
    *("--policy", "moj", "--owner-team", "Prisons: Team", "--contact", "team@example.gov.uk"),
    *(
        "--security-contact",
        "https://example.gov.uk/report",
        "--holder",
        "Crown Copyright",
        "--action",
        f"example/auditor@{COMMIT}",
    ),
)
FILES = (".auditor.yml", "openness.yml", "SECURITY.md", "LICENSE", ".github/workflows/auditor.yml", ".pre-commit-config.yaml")


def test_flags_write_everything_and_the_checks_agree(ground: Ground, run: Run) -> None:
    shown = run("init", *FLAGS, "--yes").stdout
    for name in FILES:
        assert f"+++ b/{name}" in shown
        assert (ground.repo.path / name).is_file()
    ground.repo.git("add", "--all")
    ground.repo.git("commit", "-qm", "Begin to be open")
    report = ground.scan()
    assert report.tool.policy == "moj"
    outcomes = {check.check_id: check.outcome for check in report.checks}
    assert {outcomes[name] for name in ("LIC-01", "LIC-02", "DIS-01", "PRO-01", "PRO-08", "SUP-04")} == {Outcome.PASS}
    book = parse_book(ground.book().encode(), "openness.yml")
    assert (book.owner_team, book.contact, book.policy) == ("Prisons: Team", "team@example.gov.uk", "moj")
    for name in FILES[4:]:
        yaml.safe_load((ground.repo.path / name).read_text())


def test_questions_lead_to_the_same(ground: Ground, run: Run) -> None:
    replies = ["gds", "Team", "team@example.gov.uk", "", "", "Crown Copyright", "", "y"]
    run("init", answers="\n".join(replies) + "\n")
    assert "team@example.gov.uk" in (ground.repo.path / "SECURITY.md").read_text()
    assert "Crown Copyright" in (ground.repo.path / "LICENSE").read_text()
    assert not (ground.repo.path / ".github").exists()


def test_what_exists_is_never_touched(ground: Ground, run: Run) -> None:
    for name in FILES:
        (ground.repo.path / name).parent.mkdir(parents=True, exist_ok=True)
        (ground.repo.path / name).write_text("{}\n")
    said = run("init", *FLAGS, "--yes").output
    assert all((ground.repo.path / name).read_text() == "{}\n" for name in FILES)
    assert "entry: auditor hook pre-commit" in said


def test_other_names_and_places_count(ground: Ground, run: Run) -> None:
    for name in ("LICENCE.txt", "docs/SECURITY.md", ".github/openness.yml"):
        (ground.repo.path / name).parent.mkdir(parents=True, exist_ok=True)
        (ground.repo.path / name).write_text("schema: 1\n")
    (ground.repo.path / "pyproject.toml").write_text("[tool.auditor]\npolicy = 'gds'\n")
    run("init", *FLAGS, "--yes")
    assert not any((ground.repo.path / name).exists() for name in FILES[:4])


def test_what_is_not_known_is_left_out_and_said(ground: Ground, run: Run) -> None:
    said = run("init", "--yes").output
    assert "LICENSE is left out" in said
    assert "SECURITY.md is left out" in said
    assert (ground.repo.path / "openness.yml").exists()
    assert not (ground.repo.path / "LICENSE").exists()


def test_mistakes_are_one_sentence(ground: Ground, run: Run, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Did you mean 'gds'"):
        run("init", "--policy", "gdss", "--yes")
    with pytest.raises(UsageError, match="full commit"):
        run("init", "--action", "example/auditor@v1", "--yes")
    with pytest.raises(UsageError, match="nobody answered"):
        run("init")
    (ground.repo.path / ".github").symlink_to(tmp_path)
    with pytest.raises(OutputError, match="is a link"):
        run("init", *FLAGS, "--yes")
    assert list(tmp_path.iterdir()) == []
    assert not (ground.repo.path / "openness.yml").exists()
