"""What was kept of earlier scans never shows in a report, whatever happened to the repository in between."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from auditor.audit import audit
from auditor.audit.codec import made_of, plain
from auditor.config import Settings, cache_folder
from auditor.reports.json_report import document
from auditor.sources import containers
from auditor.sources.raw_diff import Changes, Pass
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from auditor.model.blob import Blob
    from auditor.model.coverage import Skipped

NOW = datetime(2026, 5, 1, tzinfo=UTC)
TOKEN = "token = 'ghp_h3RkW9bTq2XsLd7¦VnZ4cYf8GpJ6mUa1QtE5B'\n".replace("¦", "")
PASSWORD = "password = 'gK4wz8¦VpHd6'\n".replace("¦", "")


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many commits each pass compares."""
    seen: list[int] = []
    run = Pass.run

    def noting(self: Pass, processes: int) -> Changes:
        seen.append(len(self.commits))
        return run(self, processes)

    monkeypatch.setattr(Pass, "run", noting)
    return seen


ALONE = Settings(workers=1, cache=False)


def same(path: Path, alone: Settings = ALONE, *, now: datetime = NOW) -> dict[str, Any]:
    """Return the report of a scan that may use what was kept, after it was held against one that may not."""
    kept = document(audit(path, replace(alone, cache=True, cache_dir=cache_folder(alone)), now=now))
    assert kept == document(audit(path, alone, now=now))
    return kept


def begun(folder: Path, more: int = 2) -> GitRepo:
    """Make a repository with a leak in each of the kinds of places that later change what is said of them."""
    repository = GitRepo.create(folder)
    repository.commit({"app.py": TOKEN, "a/b/live.env": PASSWORD}, "Begin")
    repository.commit({"app.py": None}, "Take it out")
    repository.branch("aside")
    repository.checkout("aside")
    repository.commit({"aside.py": TOKEN.replace("Q2X", "Q3X")}, "Aside")
    repository.checkout("main")
    for number in range(more):
        repository.commit({f"{number}.txt": str(number)}, f"Change {number}")
    repository.dangling_tree({"lost.py": TOKEN.encode()})
    return repository


def test_only_new_commits_are_compared_and_nobody_can_tell(tmp_path: Path, own_cache: Path, compared: list[int]) -> None:  # noqa: ARG001  the cache of this run
    repository = begun(tmp_path / "service", 60)
    path = repository.path
    same(path)
    assert compared == [63, 63]

    def fewest() -> int:
        compared.clear()
        same(path)
        assert len(compared) == 2
        return min(compared)

    repository.commit({"again/app.py": TOKEN, "a/b/live.env": None}, "Bring one back, take one away")
    assert fewest() == 1
    repository.commit({"a/b/live.env": PASSWORD + "# more\n", "new.py": TOKEN.replace("Q2X", "Q4X")}, "A new one")
    assert fewest() <= 2
    repository.merge("aside")
    assert fewest() <= 4, "a commit that more people see now is compared again"
    repository.git("repack", "-adkq")
    assert fewest() <= 4
    repository.ref("refs/pull/7/head", repository.dangling_commit({"pulled.py": TOKEN.replace("Q2X", "Q5X").encode()}))
    assert fewest() <= 5
    repository.git("reset", "-q", "--hard", "HEAD~3")
    assert fewest() > 60, "commits that fewer people see make all of it necessary"
    repository.git("reflog", "expire", "--expire=now", "--all")
    repository.git("gc", "-q", "--prune=now")
    assert fewest() > 60, "objects that are gone make all of it necessary"


def test_what_stays_closed_is_not_opened_again_and_still_told(
    tmp_path: Path,
    own_cache: Path,  # noqa: ARG001  the cache of this run
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    expand = containers.expand

    def noting(blob: Blob, limits: containers.Limits) -> Iterator[Blob | Skipped]:
        opened.append(blob.oid)
        return expand(blob, limits)

    monkeypatch.setattr(containers, "expand", noting)
    repository = begun(tmp_path / "service")
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name in ("live.env", "second.env", "third.env"):
                archive.writestr(zipfile.ZipInfo(name), PASSWORD)
        repository.commit({"many.zip": file.getvalue()}, "Add an archive")
    narrow = Settings(workers=1, cache=False, container_members=1)
    gaps = {item["reason"] for item in same(repository.path, narrow)["coverage"]["skipped"]}
    assert any("more members" in gap for gap in gaps)
    repository.commit({"next.txt": "next"}, "Go on")
    opened.clear()
    same(repository.path, narrow)
    assert len(opened) == 1, "only the scan that keeps nothing opens it"


def test_an_object_that_was_lost_since_is_a_gap(tmp_path: Path, own_cache: Path) -> None:  # noqa: ARG001  the cache of this run
    repository = begun(tmp_path / "service")
    assert same(repository.path)["coverage"]["complete"]
    repository.commit({"more.txt": "more"}, "More")
    repository.remove_object(repository.git("rev-parse", "HEAD~2:0.txt").strip())
    assert not same(repository.path)["coverage"]["complete"]


def test_no_path_is_kept_where_one_holds_a_value(tmp_path: Path, own_cache: Path, compared: list[int]) -> None:  # noqa: ARG001  the cache of this run
    repository = GitRepo.create(tmp_path / "service")
    repository.commit({f"backup-{TOKEN.split(chr(39))[1]}.txt": "text"}, "Begin")
    same(repository.path)
    repository.commit({"other.txt": "text"}, "Go on")
    same(repository.path)
    assert compared == [1, 1, 2, 2]


@pytest.mark.parametrize("bare", [False, True])
def test_the_report_of_what_is_unchanged_is_kept_for_the_day(tmp_path: Path, own_cache: Path, bare: bool) -> None:  # noqa: ARG001, FBT001  the cache of this run; a parameter
    repository = GitRepo.create(tmp_path / "service")
    repository.commit({"live.env": PASSWORD, "openness.yml": "schema: 1\n"}, "Begin")
    path = repository.mirror(tmp_path / "copy.git").path if bare else repository.path
    assert same(path) == same(path)
    assert same(path, now=NOW + timedelta(hours=5))["generated"] != same(path)["generated"]
    same(path, now=NOW + timedelta(days=400))
    if not bare:
        (path / ".auditor.yml").write_text("severity_overrides: [{paths: ['*.env'], severity: low}]\n")
        same(path)
        (path / "live.env").write_text(TOKEN)
        same(path)
    GitRepo(path).git("tag", "another")
    same(path)


def test_a_kept_report_is_the_report(tmp_path: Path, own_cache: Path) -> None:  # noqa: ARG001  the cache of this run
    report = audit(begun(tmp_path / "service").path, ALONE, now=NOW)
    assert made_of(plain(report)) == report
