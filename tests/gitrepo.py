"""Real git repositories, built in a temporary folder, the same at every run.

    repo = GitRepo.create(tmp_path / "repo")                    # or object_format="sha256", bare=True
    first = repo.commit({"a.txt": "one", "b/c.txt": b"\\x00"}, "Add two files")
    repo.branch("topic"); repo.checkout("topic"); repo.commit({"a.txt": None}, "Remove one")
    repo.checkout("main"); repo.merge("topic")
    repo.tag("v1", message="First"); repo.ref("refs/pull/1/head", first); repo.note(first, "text")
    repo.dangling_blob(b"text"); repo.stash(); mirror = repo.mirror(tmp_path / "mirror.git"); shallow = repo.shallow(tmp_path / "s")

Identity, dates and configuration are fixed; nothing of the user's own configuration of git is read. `repo.git(...)` runs
anything else. Values that look like secrets are joined by the tests at run time.
"""

from __future__ import annotations

import os
import subprocess
import zlib
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

START = 1_600_000_000
"""The author date of the first commit; each further one is a day later."""

AUTHOR = "A Developer <a.developer@example.org>"


@dataclass
class GitRepo:
    """One repository and the git to build it with."""

    path: Path
    clock: Iterator[int] = field(default_factory=lambda: count(START, 86_400))

    @classmethod
    def create(cls, path: Path, *, object_format: str = "sha1", bare: bool = False) -> GitRepo:
        """Make an empty repository on branch main."""
        path.mkdir(parents=True, exist_ok=True)
        repo = cls(path)
        repo.git("init", "-q", "-b", "main", f"--object-format={object_format}", *(["--bare"] if bare else []))
        return repo

    @property
    def git_dir(self) -> Path:
        """The git folder."""
        return self.path / ".git" if (self.path / ".git").exists() else self.path

    def git(
        self, *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None, date: int | None = None, check: bool = True
    ) -> str:
        """Run git and return what it printed."""
        name, _, email = AUTHOR.partition(" <")
        when = f"{START if date is None else date} +0000"
        isolated = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | {
            "HOME": str(self.path),
            "XDG_CONFIG_HOME": str(self.path),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": email.rstrip(">"),
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": email.rstrip(">"),
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_DATE": when,
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C.UTF-8",
        }
        quiet = ("-c", "gc.auto=0", "-c", "protocol.file.allow=always", "-c", "advice.detachedHead=false")
        done = subprocess.run(
            ["git", *quiet, *arguments],
            cwd=self.path,
            input=stdin,
            capture_output=True,
            check=False,
            env=isolated | dict(env or {}),
        )
        if check and done.returncode:
            message = f"git {arguments}: {done.stderr.decode(errors='replace')}"
            raise AssertionError(message)
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files of the working tree; None removes one."""
        for name, content in files.items():
            path = self.path / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def add(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files and stage them."""
        self.write(files)
        self.git("add", "-A", "-f", "--", *files)

    def commit(
        self,
        files: Mapping[str, str | bytes | None] | None = None,
        message: str | bytes = "Change",
        *,
        author: str = AUTHOR,
        date: int | None = None,
    ) -> str:
        """Write files, commit them, and return the commit; the index as it is when there are none."""
        if files:
            self.add(files)
        when = next(self.clock) if date is None else date
        text = message if isinstance(message, bytes) else message.encode()
        name, _, email = author.partition(" <")
        person = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email.rstrip(">")}
        self.git(
            "commit", "-q", "--allow-empty", "--allow-empty-message", "--no-verify", "-F", "-", stdin=text, date=when, env=person
        )
        return self.head()

    def head(self, name: str = "HEAD") -> str:
        """Return the object that a name leads to."""
        return self.git("rev-parse", name)

    def branch(self, name: str, at: str = "HEAD") -> None:
        """Make a branch."""
        self.git("branch", name, at)

    def checkout(self, name: str) -> None:
        """Switch to a branch or commit."""
        self.git("checkout", "-q", name)

    def tag(self, name: str, at: str = "HEAD", *, message: str = "") -> str:
        """Make a tag, annotated when there is a message; return its object."""
        self.git("tag", *(["-a", "-m", message] if message else []), name, at, date=next(self.clock))
        return self.head(name)

    def merge(self, *others: str, files: Mapping[str, str | bytes | None] | None = None, message: str = "Merge") -> str:
        """Merge branches; `files` change the merge commit itself, as resolving a conflict does."""
        self.git("merge", "-q", "--no-ff", "--no-commit", *others, check=files is None)
        return self.commit(files, message)

    def ref(self, name: str, oid: str) -> None:
        """Point any ref at an object."""
        self.git("update-ref", name, oid)

    def note(self, commit: str, text: str) -> None:
        """Attach a note."""
        self.git("notes", "add", "-f", "-m", text, commit, date=next(self.clock))

    def stash(self) -> str:
        """Stash index, working tree and untracked files; return the stash commit."""
        self.git("stash", "push", "-q", "-u", date=next(self.clock))
        return self.head("refs/stash")

    def dangling_blob(self, content: bytes) -> str:
        """Write a blob that nothing leads to."""
        return self.git("hash-object", "-w", "--stdin", stdin=content)

    def dangling_tree(self, files: Mapping[str, bytes]) -> str:
        """Write a flat tree that nothing leads to."""
        lines = [f"100644 blob {self.dangling_blob(content)}\t{name}\n" for name, content in sorted(files.items())]
        return self.git("mktree", stdin="".join(lines).encode())

    def dangling_commit(self, files: Mapping[str, bytes], message: str = "Nobody leads here") -> str:
        """Write a commit that nothing leads to."""
        return self.git("commit-tree", self.dangling_tree(files), "-m", message, date=next(self.clock))

    def repack(self) -> None:
        """Put every object, unreachable ones included, into one pack."""
        self.git("repack", "-q", "-a", "-d", "-k")
        self.git("prune-packed", "-q")

    def mirror(self, to: Path) -> GitRepo:
        """Make a bare mirror with all refs."""
        self.git("clone", "-q", "--mirror", f"file://{self.path}", str(to))
        return GitRepo(to)

    def clone(self, to: Path, *options: str) -> GitRepo:
        """Clone with options, over the protocol, so that depth and filter count."""
        self.git("-c", "uploadpack.allowFilter=true", "clone", "-q", *options, f"file://{self.path}", str(to))
        return GitRepo(to)

    def shallow(self, to: Path, depth: int = 1) -> GitRepo:
        """Make a shallow clone."""
        return self.clone(to, f"--depth={depth}")

    def partial(self, to: Path) -> GitRepo:
        """Make a clone without blobs, not checked out."""
        self.git("config", "uploadpack.allowFilter", "true")
        return self.clone(to, "--filter=blob:none", "--no-checkout")

    def loose(self, oid: str) -> Path:
        """Return the file of a loose object."""
        return self.git_dir / "objects" / oid[:2] / oid[2:]

    def remove_object(self, oid: str) -> None:
        """Take a loose object away."""
        self.loose(oid).unlink()

    def corrupt_object(self, oid: str, *, header: bool = False) -> None:
        """Damage a loose object: its body, or everything from the header on."""
        path = self.loose(oid)
        content = path.read_bytes()
        path.chmod(0o644)
        if header:
            path.write_bytes(b"\x00" * len(content))
        else:
            raw = zlib.decompress(content)
            whole = zlib.compress(raw, 0)
            path.write_bytes(whole[: len(whole) - max(4, len(raw) // 2)])
