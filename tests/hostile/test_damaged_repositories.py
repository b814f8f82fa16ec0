"""Repositories that are not whole: the gap is said, the rest is read, and nothing stops."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from auditor.config import Settings
from auditor.errors import GitError, SourceError
from auditor.model.levels import Exposure
from auditor.sources.git import find_git
from auditor.sources.target import open_target
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sources.conftest import Reading

    Look = Callable[..., Reading]


def test_no_such_path_and_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for name in ("nothing", "loop"):
        with pytest.raises(SourceError, match="cannot be read"):
            open_target(tmp_path / name, Settings())


def test_empty_folder_and_empty_repository(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="is empty, so there is nothing to audit"):
        open_target(tmp_path / "empty", Settings())
    repo = GitRepo.create(tmp_path / "fresh")
    with pytest.raises(SourceError, match="no commits and no files yet"):
        open_target(repo.path, Settings())


def test_no_commits_but_files(repo: GitRepo, look: Look) -> None:
    repo.write({"a.txt": "not-committed-yet"})
    reading = look(repo.path)
    assert [p.exposure for p in reading.places(b"not-committed-yet")] == [Exposure.UNCOMMITTED]
    assert "The repository has no commits yet." in reading.coverage.notes
    assert (reading.view.tip, reading.view.default_branch, dict(reading.view.tree)) == (None, "main", {})


def test_unborn_head_beside_other_branches(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "on-another-branch"})
    repo.git("branch", "-m", "other")
    repo.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    reading = look(repo.path)
    assert Exposure.BRANCH_OR_TAG in {p.exposure for p in reading.places(b"on-another-branch")}
    assert any("no commit yet" in note for note in reading.coverage.notes)
    assert reading.view.tip is None


def test_shallow_clone_is_a_gap(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    repo.commit({"a.txt": "older"})
    repo.commit({"a.txt": "newer"})
    reading = look(repo.shallow(tmp_path / "shallow").path)
    assert [s.reason for s in reading.gaps] == ["shallow clone: older commits are not here"]
    assert {p.exposure for p in reading.places(b"newer")} == {Exposure.HEAD}
    assert not any(s.in_tip for s in reading.gaps)


def test_partial_clone_misses_blobs_by_path_and_runs_no_program(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    repo.commit({"old.txt": "gone-later", "a.txt": "x"})
    repo.commit({"old.txt": None})
    partial = repo.partial(tmp_path / "partial")
    mark = tmp_path / "it-ran"
    partial.git("config", "remote.origin.uploadpack", f"touch {mark}; git-upload-pack")
    partial.git("config", "remote.origin.url", f"ext::sh -c 'touch {mark}'")
    partial.git("config", "protocol.ext.allow", "always")
    reading = look(partial.path)
    missing = {(s.path, s.in_tip) for s in reading.gaps if s.what == "blob"}
    assert missing == {("old.txt", False), ("a.txt", True)}
    assert not mark.exists()
    assert reading.view.read("a.txt") is None


def test_complete_partial_clone_is_only_a_note(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    repo.commit({"a.txt": "x"})
    repo.git("config", "uploadpack.allowFilter", "true")
    partial = repo.clone(tmp_path / "partial", "--filter=blob:none")
    reading = look(partial.path)
    assert not reading.gaps
    assert any("partial clone" in note for note in reading.coverage.notes)


def test_treeless_clone_misses_commits_trees(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    for number in range(4):
        repo.commit({f"d{number}/a.txt": str(number)}, f"Commit {number}")
    repo.git("config", "uploadpack.allowFilter", "true")
    partial = repo.clone(tmp_path / "partial", "--filter=tree:0", "--no-checkout")
    reading = look(partial.path)
    assert {s.what for s in reading.gaps} >= {"commit"}
    assert any(s.in_tip for s in reading.gaps)
    assert len(reading.found(b"Commit ")) >= 4


def test_missing_parent_is_a_gap_and_the_rest_is_traced(repo: GitRepo, look: Look) -> None:
    first = repo.commit({"a.txt": "first-content"})
    second = repo.commit({"b.txt": "second-content"})
    repo.commit({"c.txt": "third-content"})
    repo.remove_object(first)
    reading = look(repo.path)
    assert [(s.what, s.oid) for s in reading.gaps] == [("commit", first)]
    assert {(p.commit, p.exposure) for p in reading.places(b"first-content")} == {(second, Exposure.HEAD)}


def test_missing_tree_is_a_gap_and_the_rest_is_traced(repo: GitRepo, look: Look) -> None:
    repo.commit({"a/b/c.txt": "deep"})
    broken = repo.commit({"a/b/c.txt": "deep-changed"})
    tree = repo.head("HEAD:a/b")
    repo.commit({"a/b/c.txt": "deep-again", "top.txt": "top"})
    repo.remove_object(tree)
    reading = look(repo.path)
    assert broken in {s.oid for s in reading.gaps}
    assert {p.path for p in reading.places(b"deep-again")} == {"a/b/c.txt"}


@pytest.mark.parametrize("header", [False, True])
def test_damaged_object_is_a_gap_with_its_path_and_reading_goes_on(repo: GitRepo, look: Look, header: bool) -> None:  # noqa: FBT001
    repo.commit({f"{n}.txt": f"content-{n} " * 40 for n in range(20)})
    damaged = [repo.head(f"HEAD:{n}.txt") for n in (3, 4, 11)]
    for oid in damaged:
        repo.corrupt_object(oid, header=header)
        (repo.path / "x").unlink(missing_ok=True)
    reading = look(repo.path)
    gaps = {(s.oid, s.path, s.in_tip) for s in reading.gaps if s.oid}
    assert {oid for oid, _, _ in gaps} == set(damaged)
    assert {path for _, path, _ in gaps} == {"3.txt", "4.txt", "11.txt"}
    for number in set(range(20)) - {3, 4, 11}:
        assert reading.found(f"content-{number} ".encode())


def test_damaged_pack_is_a_gap(repo: GitRepo, look: Look) -> None:
    source = random.Random(7)  # noqa: S311  filler
    repo.commit({f"{n}.bin": source.randbytes(4000) for n in range(30)})
    repo.repack()
    (pack,) = (repo.git_dir / "objects" / "pack").glob("*.pack")
    content = bytearray(pack.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 600] = bytes(600)
    pack.chmod(0o644)
    pack.write_bytes(content)
    for file in repo.path.glob("*.bin"):
        file.unlink()
    reading = look(repo.path)
    assert reading.gaps
    assert all(s.path for s in reading.gaps if s.what == "object")
    assert 20 <= sum(blob.size == 4000 for blob in reading.blobs) < 30


def test_truncated_pack_and_pack_without_index(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "packed"})
    repo.repack()
    repo.commit({"b.txt": "loose"})
    (index,) = (repo.git_dir / "objects" / "pack").glob("*.idx")
    index.unlink()
    reading = look(repo.path)
    assert any(s.what == "pack" for s in reading.gaps)
    assert reading.found(b"loose")


def test_damaged_pack_index_is_not_silent(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "packed"})
    repo.repack()
    repo.commit({"b.txt": "loose"})
    (index,) = (repo.git_dir / "objects" / "pack").glob("*.idx")
    index.chmod(0o644)
    index.write_bytes(b"garbage" * 300)
    reading = look(repo.path)
    assert any(s.what == "object database" for s in reading.gaps)
    assert reading.found(b"loose")


def test_grafts_are_a_gap_and_not_followed(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "hidden-by-graft"})
    head = repo.commit({"a.txt": None, "b.txt": "b"})
    (repo.git_dir / "info" / "grafts").write_text(f"{head}\n")
    reading = look(repo.path)
    assert [s.what for s in reading.gaps] == ["history"]
    assert {p.exposure for p in reading.places(b"hidden-by-graft")} == {Exposure.BRANCH_OR_TAG}


def test_replaced_commit_does_not_hide_the_real_one(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "a"})
    real = repo.commit({"a.txt": "really-committed"})
    repo.ref(f"refs/replace/{real}", repo.dangling_commit({"a.txt": b"the-replacement"}))
    reading = look(repo.path)
    assert {p.exposure for p in reading.places(b"really-committed")} == {Exposure.HEAD}
    assert {p.exposure for p in reading.places(b"the-replacement")} == {Exposure.OTHER_REF}


def test_ref_that_leads_nowhere_and_broken_ref(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "a"})
    (repo.git_dir / "refs" / "heads" / "lost").write_text("1" * 40 + "\n")
    (repo.git_dir / "refs" / "heads" / "broken").write_text("")
    (repo.git_dir / "refs" / "heads" / "circle").write_text("ref: refs/heads/circle\n")
    reading = look(repo.path)
    assert {(s.what, s.path) for s in reading.gaps} == {("ref", "refs/heads/lost"), ("ref", "refs/heads/broken")}


def test_broken_ref_of_head_is_a_gap_in_the_tip(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "a"})
    (repo.git_dir / "refs" / "heads" / "main").write_text("cut off")
    reading = look(repo.path)
    assert [(s.path, s.in_tip) for s in reading.gaps] == [("refs/heads/main", True)]


def test_missing_head_commit_is_a_gap_in_the_tip(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "a"})
    head = repo.commit({"b": "b"})
    repo.remove_object(head)
    reading = look(repo.path)
    assert any(s.in_tip for s in reading.gaps)


def test_reftable_is_a_gap_and_content_is_read(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "in-reftable"})
    with (repo.git_dir / "config").open("a") as file:
        file.write("[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefStorage = reftable\n")
    (repo.git_dir / "HEAD").write_text("ref: refs/heads/.invalid\n")
    reading = look(repo.path)
    assert any("reftable" in s.reason and s.in_tip for s in reading.gaps)
    assert reading.found(b"in-reftable")


def test_unknown_format_is_refused(repo: GitRepo) -> None:
    repo.commit({"a": "a"})
    with (repo.git_dir / "config").open("a") as file:
        file.write("[core]\n\trepositoryformatversion = 7\n")
    with pytest.raises(SourceError, match="format '7'"):
        open_target(repo.path, Settings())


def test_damaged_index_is_said(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "committed"})
    (repo.git_dir / "index").write_bytes(b"DIRCgarbage")
    reading = look(repo.path)
    assert any(s.what == "index" for s in reading.opaque)
    assert reading.found(b"committed")


def test_missing_borrowed_objects_are_a_gap(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    repo.commit({"a": "a"})
    (repo.git_dir / "objects" / "info" / "alternates").write_text(f"{tmp_path}/nowhere\n")
    reading = look(repo.path)
    assert any("borrowed objects" in s.reason for s in reading.gaps)


def test_thirty_thousand_refs(repo: GitRepo, look: Look) -> None:
    head = repo.commit({"a": "a"})
    lines = [f"{head} refs/pull/{number}/head\n" for number in range(30_000)]
    (repo.git_dir / "packed-refs").write_text("# pack-refs with: peeled fully-peeled sorted\n" + "".join(lines))
    reading = look(repo.path)
    assert reading.coverage.refs == 30_001
    assert not reading.gaps


def test_old_git_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, repo: GitRepo) -> None:
    repo.commit({"a": "a"})
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho git version 1.8.3\n")
    old.chmod(0o755)
    find_git.cache_clear()
    try:
        with monkeypatch.context() as patch:
            patch.setenv("PATH", str(old.parent))
            with pytest.raises(GitError, match=r"git 1\.8 is too old"):
                open_target(repo.path, Settings())
            patch.setenv("PATH", str(tmp_path))
            with pytest.raises(GitError, match="not installed"):
                open_target(repo.path, Settings())
    finally:
        find_git.cache_clear()
