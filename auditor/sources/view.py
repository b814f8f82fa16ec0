"""Facts for the openness checks, read when a check asks for them."""

from __future__ import annotations

import hashlib
import re
import stat
from datetime import UTC, datetime
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Final

import pathspec

from auditor.errors import GitError
from auditor.model.view import Blame, CommitInfo, HistoricPath, Ref, TreeEntry
from auditor.sources.commits import moment
from auditor.sources.git import keep, read_config
from auditor.sources.layout import join, read_regular, text
from auditor.sources.objects import stream
from auditor.sources.worktree import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from auditor.model.provenance import KnownPath
    from auditor.sources.repository import Repository

_CREDENTIALS: Final = re.compile(r"(?<=://)[^/@\s]*@")
_SECONDS: Final = 120.0
_CONFIG: Final = 1 << 20
"""Bytes of a configuration that is known again; reading a larger one anew is what it costs."""
_FEW: Final = 8
"""Files that are asked for one after the other; for more a git of their own is quicker."""
_EPOCH: Final = datetime.fromtimestamp(0, UTC)


def _historic(paths: Mapping[str, KnownPath]) -> dict[str, HistoricPath]:
    return {
        path: HistoricPath(path, known.commit, known.authored or _EPOCH, known.oid)
        for path, known in paths.items()
        if known.commit is not None
    }


class HistoryView:
    """The view of a repository."""

    def __init__(self, repository: Repository, paths: Callable[[], Mapping[str, KnownPath]]) -> None:
        """Stand before a repository; `paths` gives those of its history."""
        self._repository = repository
        self._paths = paths

    @cached_property
    def _raw_paths(self) -> dict[str, bytes]:
        return {text(path): path for path in self._repository.tip.entries}

    @property
    def kind(self) -> str:
        """`repository`."""
        return "repository"

    @property
    def tip(self) -> str | None:
        """The commit at HEAD."""
        commit = self._repository.tip.commit
        return commit.decode() if commit is not None else None

    @property
    def default_branch(self) -> str | None:
        """The branch that HEAD names."""
        name = self._repository.refs.head_name
        return text(name.removeprefix(b"refs/heads/")) if name is not None else None

    @cached_property
    def tree(self) -> Mapping[str, TreeEntry]:
        """Every file of the tip's tree."""
        entries = self._repository.tip.entries
        sizes = self._repository.contents.sizes_of({oid for _, oid in entries.values()})
        return {
            text(path): TreeEntry(text(path), mode.decode(), oid.decode(), sizes.get(oid, 0))
            for path, (mode, oid) in entries.items()
        }

    @cached_property
    def commits(self) -> Sequence[CommitInfo]:
        """Every commit, newest first; made once, as a dozen checks go through all of them."""
        return self._repository.seen.graph.infos()[::-1]

    @cached_property
    def refs(self) -> Sequence[Ref]:
        """Every ref."""
        graph = self._repository.seen.graph
        return [
            Ref(text(name), oid.decode(), commit.decode() if (commit := graph.peeled.get(oid, oid)) in graph.index else None)
            for name, oid in self._repository.refs.names.items()
        ]

    @cached_property
    def remotes(self) -> Mapping[str, str]:
        """Remote names and addresses, credentials taken out."""
        path, memory = self._repository.layout.common / "config", self._repository.memory
        content = read_regular(path, _CONFIG) or b""
        name = b"remotes " + hashlib.sha256(content).digest()
        if len(content) < _CONFIG and (noted := memory.noted(name)) is not None:
            return noted
        found: dict[str, str] = {}
        for key, values in read_config(path).items():
            if key.startswith("remote.") and key.endswith(".url") and values:
                found[key.removeprefix("remote.").removesuffix(".url")] = _CREDENTIALS.sub("", values[0])
        if len(content) < _CONFIG:
            memory.note(name, found)
        return found

    @cached_property
    def historic_paths(self) -> Mapping[str, HistoricPath]:
        """Every path that any commit ever held."""
        return _historic(self._paths())

    def read(self, path: str, *, limit: int = 1_000_000) -> bytes | None:
        """Return the first bytes of a file of the tip."""
        return next((data for _, data in self.read_many([path], limit=limit)), None)

    def read_many(self, paths: Iterable[str], *, limit: int = 1_000_000) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of files of the tip."""
        entries = self._repository.tip.entries
        wanted: dict[bytes, list[str]] = {}
        for path in paths:
            raw = self._raw_paths.get(path)
            if raw is not None:
                wanted.setdefault(entries[raw][1], []).append(path)
        readable = self._repository.contents.readable(wanted) if wanted else frozenset()
        wanted = {oid: names for oid, names in wanted.items() if oid in readable}
        if len(wanted) <= _FEW:
            for oid, names in wanted.items():
                if (data := self._repository.contents.read(oid)) is not None:
                    yield from ((path, data[:limit]) for path in names)
            return
        ids = keep(self._repository.git.git_dir / f"read-{id(wanted)}", b"".join(oid + b"\n" for oid in wanted))
        try:
            for oid, _, data in stream(self._repository.git, ids):
                if data is not None:
                    for path in wanted[oid]:
                        yield path, data[:limit]
        finally:
            ids.unlink(missing_ok=True)

    def blame(self, path: str, line: int) -> Blame | None:
        """Say who last wrote a line."""
        raw, commit = self._raw_paths.get(path), self.tip
        if raw is None or commit is None:
            return None
        try:
            name = raw.decode("utf-8", "surrogateescape")
            output = self._repository.git.run("blame", "--porcelain", f"-L{line},{line}", commit, "--", name, timeout=_SECONDS)
        except GitError:
            return None
        lines = list(takewhile(lambda item: not item.startswith(b"\t"), output.splitlines()))
        facts = dict(item.split(b" ", 1) for item in lines[1:] if b" " in item)
        oid = lines[0].split()[0].lstrip(b"^") if lines else b""
        number = self._repository.seen.graph.index.get(oid)
        if number is None:
            return None
        raw_commit = self._repository.seen.graph.commits[number]
        when = moment(facts.get(b"author-time", b"0"), facts.get(b"author-tz", b"+0000"))
        return Blame(oid.decode(), text(facts.get(b"author", b"")), when, raw_commit.signed)

    def changed_since(self, commit: str, globs: Sequence[str]) -> Sequence[str] | None:
        """Return paths matching the globs that differ between a commit and the tip."""
        if self.tip is None or commit.encode() not in self._repository.seen.graph.index:
            return None
        try:
            output = self._repository.git.run(
                "diff-tree", "-r", "-z", "--name-only", "--no-renames", commit, self.tip, timeout=_SECONDS
            )
        except GitError:
            return None
        chosen = pathspec.GitIgnoreSpec.from_lines(globs)
        return [path for path in map(text, output.split(b"\0")) if path and chosen.match_file(path)]


class FolderView:
    """The view of a plain folder or a file: the tip is what lies there, and there is no history."""

    tip = None
    default_branch = None
    commits: Sequence[CommitInfo] = ()
    refs: Sequence[Ref] = ()

    def __init__(self, root: Path, files: Sequence[bytes], paths: Mapping[str, KnownPath], max_size: int) -> None:
        """Stand before a folder that was listed."""
        self._root = root
        self._files = {text(path) or root.name: path for path in files}
        self._paths = paths
        self._max_size = max_size
        self.remotes: Mapping[str, str] = {}
        self.historic_paths: Mapping[str, HistoricPath] = {}

    @property
    def kind(self) -> str:
        """`folder` or `file`."""
        return "folder" if self._root.is_dir() else "file"

    @cached_property
    def tree(self) -> Mapping[str, TreeEntry]:
        """Every file."""
        return {name: self._entry(name, path) for name, path in self._files.items()}

    def _entry(self, name: str, path: bytes) -> TreeEntry:
        known = self._paths.get(name)
        try:
            facts = join(self._root, path).lstat()
        except OSError:
            return TreeEntry(name, "100644", known.oid if known else "", 0)
        mode = "120000" if stat.S_ISLNK(facts.st_mode) else "100755" if facts.st_mode & 0o100 else "100644"
        return TreeEntry(name, mode, known.oid if known else "", facts.st_size)

    def read(self, path: str, *, limit: int = 1_000_000) -> bytes | None:
        """Return the first bytes of a file."""
        raw = self._files.get(path)
        content = read_file(bytes(join(self._root, raw)), self._max_size) if raw is not None else None
        return content[:limit] if isinstance(content, bytes) else None

    def read_many(self, paths: Iterable[str], *, limit: int = 1_000_000) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of files."""
        for path in paths:
            content = self.read(path, limit=limit)
            if content is not None:
                yield path, content

    def blame(self, path: str, line: int) -> Blame | None:  # noqa: ARG002  the protocol's
        """Nobody: there is no history."""
        return None

    def changed_since(self, commit: str, globs: Sequence[str]) -> Sequence[str] | None:  # noqa: ARG002  the protocol's
        """Nothing is known: there is no history."""
        return None
