"""The working tree, plain folders and files."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from auditor.config import Settings
from auditor.errors import SourceError
from auditor.model.blob import Origin
from auditor.model.coverage import GapKind
from auditor.model.levels import Exposure
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sources.conftest import Reading

    Look = Callable[..., Reading]


def exposures(reading: Reading, needle: bytes) -> set[Exposure]:
    return {place.exposure for place in reading.places(needle)}


def test_staged_unstaged_untracked_and_ignored(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "committed", ".gitignore": "ignored.txt\nnode_modules/\n"})
    repo.add({"staged.txt": "is-staged"})
    repo.write({"a.txt": "is-unstaged", "new.txt": "is-untracked", "ignored.txt": "is-ignored", "node_modules/x.js": "is-a-module"})
    reading = look(repo.path)
    for needle in (b"is-staged", b"is-unstaged", b"is-untracked"):
        assert exposures(reading, needle) == {Exposure.UNCOMMITTED}, needle
    assert not reading.found(b"is-ignored")
    assert not reading.found(b"is-a-module")
    assert any("2 ignored" in note for note in reading.coverage.notes)
    everything = look(repo.path, Settings(include_ignored=True))
    assert exposures(everything, b"is-ignored") == exposures(everything, b"is-a-module") == {Exposure.UNCOMMITTED}


def test_files_equal_to_objects_are_not_read_twice(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "same", "crlf.txt": "x\n"})
    repo.write({"copy.txt": "same"})
    reading = look(repo.path)
    assert [blob.origin for blob in reading.found(b"same")] == [Origin.BLOB]
    assert {(p.path, p.exposure) for p in reading.places(b"same")} == {
        ("a.txt", Exposure.HEAD),
        ("copy.txt", Exposure.UNCOMMITTED),
    }


def test_deleted_working_file_is_no_gap(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "deleted-here", "b.txt": "b"})
    (repo.path / "a.txt").unlink()
    reading = look(repo.path)
    assert exposures(reading, b"deleted-here") == {Exposure.HEAD}
    assert not reading.all_skipped


def test_links_are_text_and_never_followed(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("must-not-be-read")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "f.txt").write_text("must-not-be-read")
    repo.commit({"a": "a"})
    for name, target in {"out": str(outside), "dir": str(tmp_path / "folder"), "broken": "nowhere-at-all", "loop": "loop"}.items():
        (repo.path / name).symlink_to(target)
    reading = look(repo.path)
    assert not reading.found(b"must-not-be-read")
    assert reading.found(b"nowhere-at-all")
    assert reading.found(os.fsencode(outside))
    assert [p.path for p in reading.places(b"nowhere-at-all")] == ["broken"]
    assert not reading.all_skipped


def test_what_is_no_file_is_counted(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "a"})
    os.mkfifo(repo.path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        here = repo.path.cwd()
        os.chdir(repo.path)
        try:
            listener.bind("sock")
        finally:
            os.chdir(here)
    reading = look(repo.path)
    assert {(s.path, s.reason) for s in reading.opaque} == {("pipe", "a FIFO, not a file"), ("sock", "a socket, not a file")}


def test_folder_and_file_without_permission(repo: GitRepo, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "a"})
    repo.write({"closed.txt": "x", "folder/y.txt": "y"})
    if os.geteuid():
        (repo.path / "closed.txt").chmod(0)
        (repo.path / "folder").chmod(0)
    else:  # nothing is closed to root: let the system answer as it would to anybody else
        real_open, real_scan = os.open, os.scandir

        def refuse(path: object) -> None:
            if str(os.fsdecode(path)).endswith(("closed.txt", "/folder")):  # type: ignore[arg-type]
                raise PermissionError(13, "Permission denied")

        def closed_open(path: object, *rest: object, **named: object) -> int:
            refuse(path)
            return real_open(path, *rest, **named)  # type: ignore[arg-type]

        def closed_scan(path: object) -> object:
            refuse(path)
            return real_scan(path)  # type: ignore[call-overload]

        monkeypatch.setattr(os, "open", closed_open)
        monkeypatch.setattr(os, "scandir", closed_scan)
    reading = look(repo.path)
    monkeypatch.undo()
    (repo.path / "folder").chmod(0o755)
    assert {(s.path, s.reason) for s in reading.opaque} == {("closed.txt", "permission denied"), ("folder", "permission denied")}


def test_sparse_file_of_5_gb_is_left_out_at_once(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "a"})
    with (repo.path / "huge.bin").open("wb") as file:
        file.truncate(5 * 1024**3)
    reading = look(repo.path)
    assert [(s.kind, s.path, s.reason) for s in reading.all_skipped] == [(GapKind.OPAQUE, "huge.bin", "larger than 268 MB")]


def test_line_of_20_mb_is_read(repo: GitRepo, look: Look) -> None:
    repo.commit({"line.txt": b"x" * 20_000_000 + b"at-the-end"})
    assert exposures(look(repo.path), b"at-the-end") == {Exposure.HEAD}


def test_plain_folder_stands_for_its_tip(tmp_path: Path, look: Look) -> None:
    folder = tmp_path / "plain"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text("in-a-folder")
    reading = look(folder)
    assert reading.source.kind == "folder"
    assert [(p.path, p.exposure, p.commit) for p in reading.places(b"in-a-folder")] == [("sub/a.txt", Exposure.HEAD, None)]
    view = reading.view
    assert view.read("sub/a.txt") == b"in-a-folder"
    assert list(view.tree) == ["sub/a.txt"]
    assert (reading.coverage.files, reading.coverage.bytes) == (1, len("in-a-folder"))
    assert (view.tip, list(view.commits), dict(view.remotes), view.blame("sub/a.txt", 1)) == (None, [], {}, None)
    assert "sub/a.txt" in reading.history.paths


def test_single_file(tmp_path: Path, look: Look) -> None:
    (tmp_path / "one.txt").write_text("in-one-file")
    reading = look(tmp_path / "one.txt")
    assert reading.source.kind == "file"
    assert [(p.path, p.exposure) for p in reading.places(b"in-one-file")] == [("one.txt", Exposure.HEAD)]
    assert reading.view.read("one.txt") == b"in-one-file"
    assert [b.data for b in reading.source.pick([reading.blobs[0].oid]).items()] == [b"in-one-file"]  # type: ignore[union-attr]


def test_folder_inside_a_repository_means_the_repository(repo: GitRepo, look: Look) -> None:
    repo.commit({"src/a.txt": "a", "other.txt": "from-elsewhere"})
    reading = look(repo.path / "src")
    assert reading.source.root == repo.path
    assert reading.found(b"from-elsewhere")
    assert any("audited as a whole" in note for note in reading.coverage.notes)


def test_untracked_folder_inside_a_repository_is_a_plain_folder(repo: GitRepo, look: Look) -> None:
    repo.commit({"other.txt": "from-elsewhere"})
    repo.write({"build/out.txt": "built"})
    reading = look(repo.path / "build")
    assert reading.source.kind == "folder"
    assert not reading.found(b"from-elsewhere")


def test_linked_worktree_and_git_folder(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    repo.commit({"a": "a"})
    repo.git("worktree", "add", "-q", "-b", "linked", str(tmp_path / "linked"))
    linked = GitRepo(tmp_path / "linked")
    linked.git("config", "user.name", "x")
    head = linked.commit({"b": "in-the-linked-worktree"})
    linked.write({"c": "new-in-linked"})
    reading = look(linked.path)
    assert exposures(reading, b"in-the-linked-worktree") == {Exposure.HEAD}
    assert exposures(reading, b"new-in-linked") == {Exposure.UNCOMMITTED}
    assert (reading.view.tip, reading.view.default_branch) == (head, "linked")
    through = look(repo.path / ".git")
    assert (through.source.root, through.source.bare) == (repo.path, False)
    assert exposures(through, b"in-the-linked-worktree") == {Exposure.BRANCH_OR_TAG}


def test_bare_mirror(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    head = repo.commit({"a": "content"})
    repo.ref("refs/pull/1/head", repo.dangling_commit({"p": b"pulled"}))
    reading = look(repo.mirror(tmp_path / "mirror.git").path)
    assert reading.source.bare
    assert exposures(reading, b"content") == {Exposure.HEAD}
    assert exposures(reading, b"pulled") == {Exposure.PULL_REQUEST_REF}
    assert reading.view.tip == head


def test_nested_repository_is_read_below_its_folder(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "a"})
    inner = GitRepo.create(repo.path / "vendor" / "inner")
    inner.commit({"old.txt": "nested-history"})
    inner.commit({"old.txt": None, "now.txt": "nested-now"})
    inner.write({"new.txt": "nested-untracked"})
    bare = GitRepo.create(repo.path / "copy.git", bare=True)
    bare.ref("refs/heads/main", bare.dangling_commit({"b.txt": b"nested-bare"}))
    reading = look(repo.path)
    assert {(p.path, p.exposure) for p in reading.places(b"nested-history")} == {("vendor/inner/old.txt", Exposure.LOCAL_ONLY)}
    assert ("vendor/inner/new.txt", Exposure.UNCOMMITTED) in {(p.path, p.exposure) for p in reading.places(b"nested-untracked")}
    assert {p.path for p in reading.places(b"nested-bare")} == {"copy.git/b.txt"}
    assert "vendor/inner/old.txt" in reading.history.paths
    assert b"vendor/inner/now.txt" in {name.data for name in reading.names}


def test_nested_repository_that_leads_out_is_not_followed(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    secret = GitRepo.create(tmp_path / "private")
    secret.commit({"p.txt": "must-not-be-read"})
    repo.commit({"a": "a"})
    repo.write({"trap/.git": f"gitdir: {secret.git_dir}\n"})
    reading = look(repo.path)
    assert not reading.found(b"must-not-be-read")
    assert [(s.what, s.path) for s in reading.opaque] == [("repository", "trap/")]


def test_submodule_is_said_and_not_read(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    other = GitRepo.create(tmp_path / "other")
    other.commit({"o.txt": "in-the-submodule"})
    repo.commit({"a": "a"})
    repo.git("submodule", "add", "-q", f"file://{other.path}", "lib/other")
    repo.commit()
    reading = look(repo.path)
    assert not reading.found(b"in-the-submodule")
    assert [(s.what, s.path, s.in_tip) for s in reading.opaque] == [("submodule", "lib/other", True)]
    assert not reading.gaps
    inside = look(repo.path / "lib" / "other")
    assert exposures(inside, b"in-the-submodule") == {Exposure.HEAD}


def test_own_configuration_and_names(repo: GitRepo, look: Look) -> None:
    repo.commit({"credentials-in-name.txt": "x"})
    repo.branch("topic/has-a-name")
    repo.git("remote", "add", "origin", "https://user:" + "passphrase@example.org/a.git")
    reading = look(repo.path)
    (config,) = reading.found(b"passphrase@")
    assert (config.origin, config.oid) == (Origin.CONFIG, "config:.git/config")
    assert [p.exposure for p in reading.history.places[config.oid]] == [Exposure.UNCOMMITTED]
    assert dict(reading.view.remotes) == {"origin": "https://example.org/a.git"}
    names = {blob.oid: blob for blob in reading.names}
    assert names["path:credentials-in-name.txt"].origin is Origin.FILE_NAME
    assert names["ref:refs/heads/topic/has-a-name"].origin is Origin.REF_NAME
    assert [p.exposure for p in reading.history.places["ref:refs/heads/topic/has-a-name"]] == [Exposure.BRANCH_OR_TAG]
    assert [p.exposure for p in reading.history.places["path:credentials-in-name.txt"]] == [Exposure.HEAD]
    assert set(dict(reading.history.places)) >= {"path:credentials-in-name.txt", config.oid}


def test_staged_content_alone(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "old-content"})
    repo.add({"b.txt": "is-staged"})
    repo.write({"c.txt": "is-untracked"})
    reading = look(repo.path, staged=True)
    assert [blob.data for blob in reading.blobs] == [b"is-staged"]
    assert exposures(reading, b"is-staged") == {Exposure.UNCOMMITTED}
    assert list(reading.history.paths) == ["b.txt"]


def test_range_of_commits(repo: GitRepo, look: Look) -> None:
    base = repo.commit({"a.txt": "before-the-range"})
    repo.branch("side")
    repo.checkout("side")
    repo.commit({"s.txt": "on-the-second-parent"})
    repo.checkout("main")
    repo.commit({"m.txt": "brought-and"})
    repo.commit({"m.txt": None, "n.txt": "n"})
    head = repo.merge("side", files={"e.txt": "in-the-merge"})
    repo.commit({"later.txt": "after-the-range"})
    reading = look(repo.path, commits=f"{base}..{head}")
    data = {blob.data for blob in reading.blobs if blob.origin is Origin.BLOB}
    assert data == {b"on-the-second-parent", b"brought-and", b"n", b"in-the-merge"}
    assert exposures(reading, b"brought-and") == {Exposure.BRANCH_OR_TAG}
    assert exposures(reading, b"in-the-merge") == {Exposure.HEAD}
    assert not reading.gaps
    assert "a.txt" not in reading.history.paths


@pytest.mark.parametrize("commits", ["nowhere..HEAD", "HEAD..nowhere", "HEAD", "..HEAD", "--all..HEAD"])
def test_range_with_a_bad_bound(repo: GitRepo, look: Look, commits: str) -> None:
    repo.commit({"a.txt": "a"})
    with pytest.raises(SourceError, match=r"not (in this repository|a range of commits)"):
        look(repo.path, commits=commits)


def test_range_in_a_shallow_clone(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    base = repo.commit({"a.txt": "a"})
    repo.commit({"b.txt": "b"})
    shallow = repo.shallow(tmp_path / "shallow")
    with pytest.raises(SourceError, match="not in this shallow clone") as caught:
        look(shallow.path, commits=f"{base}..HEAD")
    assert "fetch-depth: 0" in caught.value.hint


def test_without_history_only_the_tip_is_read_and_that_is_said(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "in-the-past"})
    repo.commit({"a.txt": "in-the-present"})
    repo.write({"b.txt": "in-the-past"})
    reading = look(repo.path, Settings(history=False))
    assert exposures(reading, b"in-the-present") == {Exposure.HEAD}
    assert exposures(reading, b"in-the-past") == {Exposure.UNCOMMITTED}
    assert [s.reason for s in reading.gaps] == ["left out, as asked"]


def test_view_of_a_repository(repo: GitRepo, look: Look) -> None:
    first = repo.commit({"a.md": "one\ntwo\n", "d/b.py": "b"}, "The first subject")
    second = repo.commit({"a.md": "one\nchanged\n"})
    view = look(repo.path).view
    assert view.kind == "repository"
    assert {path: entry.size for path, entry in view.tree.items()} == {"a.md": 12, "d/b.py": 1}
    assert [commit.oid for commit in view.commits] == [second, first]
    assert view.commits[1].subject == "The first subject"
    assert view.read("a.md", limit=3) == b"one"
    assert view.read("nothing") is None
    assert dict(view.read_many(["a.md", "d/b.py", "x"])) == {"a.md": b"one\nchanged\n", "d/b.py": b"b"}
    blamed = [view.blame("a.md", line) for line in (1, 2, 99)]
    assert [b.commit if b else None for b in blamed] == [first, second, None]
    assert view.changed_since(first, ["**/*.md"]) == ["a.md"]
    assert view.changed_since(first, ["*.py"]) == []
    assert view.changed_since("0" * 40, ["*"]) is None
    assert [(ref.name, ref.commit) for ref in view.refs] == [("refs/heads/main", second)]
    assert view.historic_paths["d/b.py"].commit == first
