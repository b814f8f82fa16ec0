"""Repositories that want something to happen: nothing of them is executed, obeyed or changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from auditor.config import Settings
from auditor.errors import GitError, SourceError
from auditor.sources.target import open_target
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sources.conftest import Reading

    Look = Callable[..., Reading]


def snapshot(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    found: dict[str, tuple[int, int, int, bytes]] = {}
    for path in sorted([folder, *folder.rglob("*")]):
        facts = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[str(path)] = (facts.st_mtime_ns, facts.st_size, facts.st_mode, content)
    return found


def test_hostile_configuration_runs_nothing_and_changes_nothing(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    mark = tmp_path / "it-ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    program.chmod(0o755)
    attributes = "*.txt filter=evil diff=evil merge=evil\n"
    repo.commit(
        {
            "a.txt": "one\ntwo\n",
            ".gitattributes": attributes,
            ".gitmodules": f'[submodule "x"]\n\tpath = x\n\turl = ext::{program}\n',
        }
    )
    repo.write({"a.txt": "changed\n", "new.txt": "new"})
    included = tmp_path / "included"
    included.write_text(f"[core]\n\tfsmonitor = {program}\n[alias]\n\tls-files = !{program}\n")
    config = f"""
[core]
	fsmonitor = {program}
	hooksPath = {tmp_path}
	pager = {program}
	editor = {program}
	sshCommand = {program}
	gitProxy = {program}
	alternateRefsCommand = {program}
	attributesFile = {tmp_path}/attributes
	excludesFile = {tmp_path}/excludes
[filter "evil"]
	clean = {program}
	smudge = {program}
	process = {program}
	required = true
[diff "evil"]
	textconv = {program}
	command = {program}
[diff]
	external = {program}
[alias]
	cat-file = !{program}
	ls-files = !{program}
	diff-tree = !{program}
[include]
	path = {included}
[includeIf "gitdir:/"]
	path = {included}
[credential]
	helper = {program}
[gpg]
	program = {program}
[log]
	showSignature = true
"""
    with (repo.git_dir / "config").open("a") as file:
        file.write(config)
    (tmp_path / "excludes").write_text("*\n")
    for hook in ("post-index-change", "pre-commit", "reference-transaction", "fsmonitor-watchman"):
        (repo.git_dir / "hooks" / hook).parent.mkdir(exist_ok=True)
        (repo.git_dir / "hooks" / hook).symlink_to(program)
    before = snapshot(repo.path)
    reading = look(repo.path)
    view = reading.view
    assert view.blame("a.txt", 1) is not None
    assert view.read("a.txt") == b"one\ntwo\n"
    assert view.remotes == {}
    view.changed_since(view.commits[0].oid, ["*"])
    assert reading.found(b"new")
    assert not mark.exists()
    assert snapshot(repo.path) == before


def test_environment_of_git_does_not_matter(repo: GitRepo, tmp_path: Path, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    other = GitRepo.create(tmp_path / "other")
    other.commit({"o": "from-elsewhere"})
    repo.commit({"a": "from-here"})
    trace = tmp_path / "trace"
    for name, value in {
        "GIT_DIR": str(other.git_dir),
        "GIT_OBJECT_DIRECTORY": str(other.git_dir / "objects"),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(other.git_dir / "objects"),
        "GIT_INDEX_FILE": str(other.git_dir / "index"),
        "GIT_EXTERNAL_DIFF": "false",
        "GIT_TRACE": str(trace),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": "false",
    }.items():
        monkeypatch.setenv(name, value)
    reading = look(repo.path)
    assert reading.found(b"from-here")
    assert not reading.found(b"from-elsewhere")
    assert not trace.exists()


@pytest.mark.parametrize(
    "content",
    [b"gitdir: .git\n", b"gitdir: ../b\n", b"gitdir: nowhere\n", b"", b"gitdir: \0\n", b"\xff\xfe", b"gitdir: /dev/null\n"],
)
def test_gitfile_loops_and_nonsense_are_refused(tmp_path: Path, content: bytes) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".git").write_bytes(content.replace(b"../b", b"../b/.git"))
    with pytest.raises(SourceError, match="git folder"):
        open_target(tmp_path / "a", Settings())


def test_dot_git_that_is_a_fifo_or_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    os.mkfifo(tmp_path / "a" / ".git")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / ".git").symlink_to("nowhere")
    for name in ("a", "b"):
        with pytest.raises(SourceError, match="cannot be found"):
            open_target(tmp_path / name, Settings())


def test_fifo_as_target(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="neither a folder nor a file"):
        open_target(tmp_path / "pipe", Settings())


def test_fifos_inside_the_git_folder_do_not_block(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "content"})
    repo.repack()
    git_dir = repo.git_dir
    os.mkfifo(git_dir / "objects" / "pack" / "pack-1.idx")
    os.mkfifo(git_dir / "objects" / "pack" / "pack-1.pack")
    (git_dir / "objects" / "aa").mkdir(exist_ok=True)
    os.mkfifo(git_dir / "objects" / "aa" / ("b" * 38))
    os.mkfifo(git_dir / "objects" / "info" / "alternates")
    os.mkfifo(git_dir / "objects" / "info" / "commit-graph")
    os.mkfifo(git_dir / "refs" / "heads" / "pipe")
    os.mkfifo(git_dir / "FETCH_HEAD")
    (git_dir / "packed-refs").unlink(missing_ok=True)
    os.mkfifo(git_dir / "packed-refs")
    reading = look(repo.path)
    assert reading.found(b"content")
    assert ("ref", "refs/heads/pipe") in {(s.what, s.path) for s in reading.gaps}


def test_lying_commit_graph_is_not_believed(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "hidden-by-the-graph"})
    repo.commit({"a": "b"})
    graph = repo.git_dir / "objects" / "info" / "commit-graph"
    graph.write_bytes(b"CGPH" + bytes(200))
    reading = look(repo.path)
    assert reading.places(b"hidden-by-the-graph")
    assert not reading.gaps


def test_names_and_messages_with_newlines_escapes_and_bad_bytes(repo: GitRepo, look: Look) -> None:
    blob = repo.dangling_blob(b"strange-name-content")
    names = [b"new\nline", b"esc\x1b[31m", b"bad\xff", b":colon", b"tab\t", b'quote"', "snow\u2603".encode()]
    listing = b"".join(b"100644 blob " + blob.encode() + b"\t" + name + b"\0" for name in names)
    tree = repo.git("mktree", "-z", stdin=listing)
    message = b"subject \x1b]0;title\x07 \xff\xfe\nline"
    commit = repo.git("commit-tree", tree, "-F", "-", stdin=message)
    repo.ref("refs/heads/main", commit)
    bare = repo.git_dir
    reading = look(bare.rename(repo.path.parent / "strange.git"))
    paths = {place.path for place in reading.places(b"strange-name-content")}
    assert paths == {"new\nline", "esc\x1b[31m", "bad\\xff", ":colon", "tab\t", 'quote"', "snow\u2603"}
    assert set(reading.view.tree) == paths
    assert dict(reading.view.read_many(["bad\\xff"])) == {"bad\\xff": b"strange-name-content"}
    blame = reading.view.blame("bad\\xff", 1)
    assert blame is not None
    assert blame.commit == commit
    for path in paths:
        assert path is not None
        path.encode()
    reading.view.commits[0].subject.encode()


def test_tree_bomb_ends(repo: GitRepo, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.sources.raw_diff.MAX_PATHS", 5_000)
    monkeypatch.setattr("auditor.sources.git.MEMORY", 64 << 20)
    monkeypatch.setattr("auditor.sources.tip.MAX_ENTRIES", 5_000)
    blob = repo.dangling_blob(b"bomb-content")
    tree = repo.git("mktree", stdin="".join(f"100644 blob {blob}\tf{n}\n" for n in range(10)).encode())
    for _ in range(9):
        tree = repo.git("mktree", stdin="".join(f"040000 tree {tree}\td{n}\n" for n in range(10)).encode())
    commit = repo.git("commit-tree", tree, "-m", "boom")
    repo.ref("refs/heads/main", commit)
    reading = look(repo.git_dir.rename(repo.path.parent / "bomb.git"))
    assert {s.oid for s in reading.gaps} == {commit}
    assert any(s.in_tip for s in reading.gaps)
    assert reading.found(b"bomb-content")


def test_folder_with_modules_that_shadow_ours(repo: GitRepo, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "it-ran"
    trap = f"open({str(mark)!r}, 'w').close()\n"
    repo.commit({f"{name}.py": trap for name in ("csv", "json", "re", "git", "hashlib", "pathspec")})
    monkeypatch.chdir(repo.path)
    look(repo.path)
    assert not mark.exists()


def test_deep_folders_and_many_nested_repositories(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "a"})
    repo.write({"/".join(["d"] * 300) + "/deep.txt": "very-deep"})
    inside = repo.path
    for _ in range(12):
        inside = inside / "n"
        GitRepo.create(inside).commit({"x": f"level {inside}"})
    reading = look(repo.path)
    assert reading.found(b"very-deep")
    assert any(s.what == "repository" for s in reading.opaque)


def test_full_disk_is_one_sentence(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "a"})
    with open_target(repo.path, Settings()) as source:

        def full(*_: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("pathlib.Path.write_bytes", full)
        with pytest.raises(GitError, match="no space left on device"):
            source.shares(1)
    with pytest.raises(GitError, match="TMPDIR"):
        open_target(repo.path, Settings())


def test_nothing_temporary_is_left(repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "a"})
    own = tmp_path / "tmp"
    own.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(own))
    with open_target(repo.path, Settings()) as source:
        list(source.shares(1)[0].items())
        assert list(own.iterdir())
    assert not list(own.iterdir())
    with pytest.raises(SourceError):
        open_target(repo.path, Settings(), commits="no..where")
    assert not list(own.iterdir())


def test_split_index_is_read(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "a"})
    repo.git("update-index", "--split-index")
    repo.add({"staged.txt": "in-a-split-index"})
    reading = look(repo.path, staged=True)
    assert [blob.data for blob in reading.blobs] == [b"in-a-split-index"]
    assert not reading.opaque
