"""The table over public repositories: what it counts, and that a borrowed mirror is judged like the mirror itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.test_beds import main
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "ghp_eWxLQucMv7O4MQl5J7¦990mJ0SFKAfo3tZcrB".replace("¦", "")


@pytest.fixture(scope="module")
def mirrors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mirrors")
    leaky = GitRepo.create(folder / "work" / "leaky")
    leaky.commit({"README.md": "# Rates\n\nWorks out rates.\n", "deploy.env": f"GITHUB_TOKEN={TOKEN}\n"}, "Add the deployment")
    leaky.commit({"deploy.env": None}, "Take it away")
    leaky.mirror(folder / "alphagov+leaky" / "repo")
    plain = GitRepo.create(folder / "work" / "plain")
    plain.commit({"README.md": "# Plain\n"}, "Begin")
    plain.mirror(folder / "example+plain")
    return folder


def test_each_mirror_is_a_row_and_no_value_is_shown(mirrors: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    main([str(mirrors), "--reports", str(reports)])
    page = capsys.readouterr().out
    rows = {line.split(" | ")[0].strip("| "): line.split(" | ") for line in page.splitlines()}
    # The token stands in the history alone; the missing licence blocks both ways.
    assert rows["alphagov/leaky"][1:3] == ["not yet", "2"]
    assert rows["alphagov/leaky"][4:6] == ["not yet", "1"]
    assert rows["example/plain"][1:3] == ["not yet", "1"]
    assert rows["`LIC-01`"][1:] == ["2", "2", "2 |"]
    assert TOKEN not in page
    assert {path.name for path in reports.iterdir()} == {"alphagov+leaky.json", "example+plain.json"}
    assert TOKEN not in "".join(path.read_text() for path in reports.iterdir())
    main(["--stored", str(reports)])
    assert capsys.readouterr().out == page
    # The address of the mirror is known, so the organisation's default files count.
    (contact,) = (row for name, row in rows.items() if name.startswith("DIS-01"))
    assert contact[1] == "1"


def test_one_repository_can_be_chosen(mirrors: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(mirrors), "--only", "example/plain", "--write", str(tmp_path / "table.md")])
    assert capsys.readouterr().out == ""
    table = (tmp_path / "table.md").read_text()
    assert "example/plain" in table
    assert "alphagov/leaky" not in table
