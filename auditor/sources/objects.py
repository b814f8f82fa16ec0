"""The object stream: blobs, commits and tags of one share of the pack order, read from packs or through one `git cat-file`."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

from auditor.model.blob import Blob, Origin
from auditor.model.coverage import GapKind, Skipped
from auditor.sources.catalogue import write_ids
from auditor.sources.commits import RawCommit, RawTag, parse_commit, parse_tag, unsigned
from auditor.sources.git import temporary
from auditor.sources.lfs import POINTER, POINTER_LIMIT, fetched

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from pathlib import Path

    from auditor.sources.containers import Limits
    from auditor.sources.git import Git

    Expander = Callable[[Blob], Iterator[Blob | Skipped]]

MANY: Final = 2_000
"""Of fewer objects than these, git has given all before an index is read at home."""

_RESTARTS: Final = 1000
_IN_MEMORY: Final = 32 * 1024 * 1024
DAMAGED: Final = "damaged: it cannot be read"


@dataclass(slots=True)
class ObjectFacts:
    """What a share of objects noted on the way; `prefix` names the repository, empty for the one that is audited.

    `ids` is the file of the ids that were read; of those in `unsettled` more than the object itself decided what was found.
    """

    prefix: str
    commits: list[RawCommit] = field(default_factory=list)
    tags: list[RawTag] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    ids: Path | None = None
    unsettled: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ObjectShare:
    """One run of the pack order; picklable, opened in the worker. Ids in the file `again` are read and noted, but not yielded."""

    git: Git
    ids: Path
    limits: Limits | None
    lfs: Path | None = None
    prefix: str = ""
    again: Path | None = None
    noted: ObjectFacts | None = None

    def facts(self) -> ObjectFacts:
        """Return the commits and tags that went by."""
        return self.noted or ObjectFacts(self.prefix)

    def items(self) -> Iterator[Blob | Skipped]:
        """Yield every object of the share, what containers hold inside, and a `Skipped` for what cannot be read."""
        noted = self.noted = ObjectFacts(self.prefix, ids=self.ids)
        again = frozenset(self.again.read_bytes().split()) if self.again is not None else frozenset()
        expand = expander(self.limits)
        for oid, kind, data in stream(self.git, self.ids):
            name = oid.decode()
            if data is None:
                noted.skipped.append(name)
                yield Skipped(GapKind.HISTORY, "object", DAMAGED, oid=name)
            elif kind != b"blob":
                if not _note(noted, oid, kind, data):
                    noted.skipped.append(name)
                    yield Skipped(GapKind.HISTORY, kind.decode(), "not in a form that git writes", oid=name)
                if oid not in again:
                    yield Blob(name, len(data), unsigned(data), Origin.COMMIT if kind == b"commit" else Origin.TAG)
            elif oid not in again:
                blob = Blob(name, len(data), data)
                yield blob
                yield from self._inside(blob, noted, expand)

    def _inside(self, blob: Blob, noted: ObjectFacts, expand: Expander | None) -> Iterator[Blob | Skipped]:
        """Yield what a pointer leads to, or a container holds."""
        if blob.size < POINTER_LIMIT and blob.data.startswith(POINTER):
            noted.unsettled.append(blob.oid)
            yield from self._pointer(blob, noted)
        elif expand is not None:
            for item in expand(blob):
                if isinstance(item, Skipped):
                    noted.skipped.append(blob.oid)
                yield item

    def _pointer(self, blob: Blob, noted: ObjectFacts) -> Iterator[Blob | Skipped]:
        limit = _IN_MEMORY if self.limits is None else self.limits.bytes
        content = fetched(self.lfs, blob.data, limit)
        if content is not None:
            yield Blob(blob.oid, len(content), content, container=("git lfs",))
        else:
            noted.skipped.append(blob.oid)
            yield Skipped(GapKind.OPAQUE, "blob", "Git LFS object not fetched", oid=blob.oid)


def _note(noted: ObjectFacts, oid: bytes, kind: bytes, data: bytes) -> bool:
    """Keep a commit or tag for the history pass; False when it cannot be understood."""
    if kind == b"commit":
        commit = parse_commit(oid, data)
        if commit is not None:
            noted.commits.append(commit)
        return commit is not None
    tag = parse_tag(oid, data)
    if tag is not None:
        noted.tags.append(tag)
    return tag is not None


def stream(git: Git, ids: Path) -> Iterator[tuple[bytes, bytes, bytes | None]]:
    """Yield id, type and content of each id in a file; content is None for an object that cannot be read.

    Where there are many, packs are read at home first, and git gives the others: loose ones, and what is in doubt.
    """
    with ids.open("rb") as source:
        if ids.stat().st_size < MANY * git.digits:
            yield from _from_git(git, source)
            return
        left = yield from _from_packs(git, source.read().split())
    if left:
        with temporary() as source:
            write_ids(left, source)
            source.seek(0)
            yield from _from_git(git, source)


def _from_packs(git: Git, names: Sequence[bytes]) -> Generator[tuple[bytes, bytes, bytes], None, list[bytes]]:
    from auditor.sources.packed import Packs  # noqa: PLC0415  slow to load, and not needed for a few objects

    left = []
    with Packs(git) as packs:
        for oid in names:
            found = packs.read(oid)
            if found is None:
                left.append(oid)
            else:
                yield oid, *found
    return left


def _from_git(git: Git, source: IO[bytes]) -> Iterator[tuple[bytes, bytes, bytes | None]]:
    """Let git give what the ids in an open file name.

    A damaged object ends git: it is noted, and git starts again after it. So many deaths, and the rest counts as unread.
    """
    done = deaths = 0
    names: list[bytes] = []
    rest = source
    try:
        while True:
            died = False
            for oid, kind, data in _one_run(git, rest):
                if data is None and kind == b"":
                    died = True
                    break
                done += 1
                yield oid, kind, data
            if died and not names:
                source.seek(0)
                names = source.read().split()
            if done >= len(names):
                return
            yield names[done], b"", None
            done += 1
            deaths += 1
            if deaths > _RESTARTS:
                for name in names[done:]:
                    yield name, b"", None
                return
            if rest is not source:
                rest.close()
            rest = temporary()
            write_ids(names[done:], rest)
            rest.seek(0)
    finally:
        if rest is not source:
            rest.close()


def _one_run(git: Git, source: IO[bytes]) -> Iterator[tuple[bytes, bytes, bytes | None]]:
    """Read one git to its end; the last item has no type and no content when git died."""
    process = git.start("cat-file", "--batch", "--buffer", stdin=source, stdout=subprocess.PIPE, errors=subprocess.DEVNULL)
    output = process.stdout
    if output is None:  # pragma: no cover  asked for above
        return
    try:
        read, readline = output.read, output.readline
        while header := readline():
            fields = header.split()
            if len(fields) != 3 or not header.endswith(b"\n"):  # noqa: PLR2004  id, type, size
                if len(fields) == 2 and fields[1] == b"missing" and header.endswith(b"\n"):  # noqa: PLR2004
                    yield fields[0], b"missing", None
                    continue
                yield b"", b"", None
                return
            size = int(fields[2])
            data = read(size)
            if len(data) != size or read(1) != b"\n":
                yield b"", b"", None
                return
            yield fields[0], fields[1], data
        if process.wait():
            yield b"", b"", None
    finally:
        process.kill()
        output.close()
        process.wait()


def expander(limits: Limits | None) -> Expander | None:
    """Return what opens a blob that may be a container, or None when containers stay closed."""
    if limits is None:
        return None
    from auditor.sources import containers  # noqa: PLC0415  slow to load, and not needed by every reader

    may_contain, expand = containers.may_contain, containers.expand

    def opened(blob: Blob) -> Iterator[Blob | Skipped]:
        if may_contain(blob.data, blob.size):
            return expand(blob, limits)
        return iter(())

    return opened
