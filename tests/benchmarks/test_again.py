"""The benchmark of later scans adds what it says, and a scan sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.again import grow, objects_of, stage
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path


def test_a_repository_grows_by_about_as_much_as_is_asked(tmp_path: Path) -> None:
    source = GitRepo.create(tmp_path / "service")
    source.commit({f"docs/{number}.md": f"Text {number}\n" for number in range(5)}, "Begin")
    copy = source.mirror(tmp_path / "copy.git")
    before, commits = objects_of(copy.path), int(copy.git("rev-list", "--count", "HEAD"))
    for turn in range(2):
        grow(copy.path, 20, turn)
    assert 40 <= objects_of(copy.path) - before <= 400
    assert int(copy.git("rev-list", "--count", "HEAD")) > commits
    assert copy.git("fsck", "--strict") == ""


def test_a_line_is_staged(tmp_path: Path) -> None:
    source = GitRepo.create(tmp_path / "service")
    source.commit({"README.md": "Text\n"}, "Begin")
    stage(source.path, 1)
    assert source.git("diff", "--cached", "--name-only").strip() == "README.md"
