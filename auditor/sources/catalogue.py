"""Every object of the object database, listed once: dangling, unreachable and borrowed ones included."""

from __future__ import annotations

import re
import subprocess
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, compress
from typing import IO, TYPE_CHECKING, Final

from auditor.model.coverage import GapKind, Skipped
from auditor.sources.git import temporary
from auditor.sources.ids import Joined

if TYPE_CHECKING:
    from collections.abc import Collection

    from auditor.sources.git import Git

_FORMAT: Final = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
_FIELDS: Final = 3
_CHUNK: Final = 1 << 20
_KINDS: Final = {kind: kind for kind in (b"commit", b"tree", b"blob", b"tag")}
"""One object for each kind, instead of one for each line."""
_RESTARTS: Final = 200
_LOST: Final = re.compile(rb"^(?:[0-9a-f]+ missing|[^ \n]*)\n", re.MULTILINE)
_MISSING: Final = re.compile(rb"^[^\n]* missing\n", re.MULTILINE)


@dataclass(slots=True)
class Catalogue:
    """What is there. `oids`, `sizes` and `kinds` are parallel, in pack order, without trees; `known` holds trees too.

    Where it stands on an earlier listing (see listing.py), the three have only what is new, and `before` counts the others.
    """

    oids: list[bytes] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    kinds: list[bytes] = field(default_factory=list)
    trees: set[bytes] | Joined = field(default_factory=set)
    known: set[bytes] | Joined = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)
    before: tuple[int, int, int] = (0, 0, 0)

    @property
    def on_before(self) -> bool:
        """Tell whether it stands on an earlier listing."""
        return isinstance(self.known, Joined)

    @property
    def new(self) -> set[bytes]:
        """All objects that were not listed before."""
        return self.known.more if isinstance(self.known, Joined) else self.known

    @property
    def new_trees(self) -> set[bytes]:
        """The trees among them."""
        return self.trees.more if isinstance(self.trees, Joined) else self.trees

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many commits and blobs there are, and the bytes of the blobs."""
        volume = sum(size for size, kind in zip(self.sizes, self.kinds, strict=True) if kind == b"blob")
        commits, blobs, more = self.before
        return self.kinds.count(b"commit") + commits, self.kinds.count(b"blob") + blobs, volume + more

    def keep(self, wanted: Collection[bytes]) -> None:
        """Leave everything out of the stream but these."""
        left = self.only(wanted)
        self.oids, self.sizes, self.kinds = left.oids, left.sizes, left.kinds

    def only(self, wanted: Collection[bytes]) -> Catalogue:
        """Return the stream of these alone."""
        chosen = [oid in wanted for oid in self.oids]
        return Catalogue(list(compress(self.oids, chosen)), list(compress(self.sizes, chosen)), list(compress(self.kinds, chosen)))

    def size_of(self) -> dict[bytes, int]:
        """Return the size of each blob."""
        return {oid: size for oid, size, kind in zip(self.oids, self.sizes, self.kinds, strict=True) if kind == b"blob"}

    def split(self, parts: int, per_object: int = 2000, *, tapering: bool = False) -> list[list[bytes]]:
        """Cut the pack order into so many runs; an object costs its bytes and a little.

        Args:
            parts: how many.
            per_object: what an object costs beside its bytes.
            tapering: each run costs less than the one before, so that workers who take one after the other end together;
                else all cost about the same.
        """
        if not self.oids:
            return []
        ends = list(accumulate(size + per_object for size in self.sizes))
        limits = list(accumulate(range(parts, 0, -1) if tapering else [1] * parts))
        runs: list[list[bytes]] = []
        start = 0
        for limit in limits:
            stop = bisect_right(ends, ends[-1] * limit // limits[-1], start)
            if stop > start:
                runs.append(self.oids[start:stop])
            start = stop
        return runs


def read_catalogue(git: Git) -> Catalogue:
    """List the object database. What cannot be listed is a history gap."""
    with temporary() as errors:
        process = git.start(
            "cat-file",
            "--batch-all-objects",
            _FORMAT,
            "--unordered",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            errors=errors,
        )
        found, rest = Catalogue(), b""
        with process:
            while process.stdout and (part := process.stdout.read(_CHUNK)):
                whole, end, rest = (rest + part).rpartition(b"\n")
                _add(found, whole + end)
        errors.seek(0)
        complaints = errors.read(1 << 20)
    if process.returncode:
        found = Catalogue()
        _add(found, _one_by_one(git))
    for reason in sorted({_plain(line) for line in complaints.splitlines() if line.startswith((b"error:", b"fatal:"))}):
        found.skipped.append(Skipped(GapKind.HISTORY, "object database", reason))
    return found


def read_some(git: Git, oids: Collection[bytes]) -> Catalogue:
    """List only these objects; what is not here is not in it, and nothing else is looked at."""
    output = git.run("cat-file", _FORMAT, stdin=b"".join(oid + b"\n" for oid in oids), check=False)
    found = Catalogue()
    _add(found, _MISSING.sub(b"", output))
    return found


def _add(found: Catalogue, output: bytes) -> None:
    """Add the lines of a part of the listing; what the last one lacks is not looked at."""
    if not output.endswith(b"\n"):
        output = output[: output.rfind(b"\n") + 1]
    words = output.split()
    if len(words) != output.count(b"\n") * _FIELDS:  # else no line says that something is missing
        lost = _LOST.findall(output)
        found.skipped.extend(
            Skipped(GapKind.HISTORY, "object", "damaged: it cannot be read", oid=line.split()[0].decode())
            for line in lost
            if line.strip()
        )
        words = _LOST.sub(b"", output).split()
    oids, kinds, sizes = words[0::3], [_KINDS.get(kind, kind) for kind in words[1::3]], words[2::3]
    is_tree = [kind == b"tree" for kind in kinds]
    found.new.update(oids)
    found.new_trees.update(compress(oids, is_tree))
    streamed = [not tree for tree in is_tree]
    # The same object may lie in two packs or be borrowed; git lists it once, but a damaged index may not.
    found.oids += compress(oids, streamed)
    found.sizes += map(int, compress(sizes, streamed))
    found.kinds += compress(kinds, streamed)


def _one_by_one(git: Git) -> bytes:
    """List again after git died of a damaged object: names only, then each asked, going on after every death."""
    names = git.run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered", check=False).split()
    output: list[bytes] = []
    position = 0
    for _ in range(_RESTARTS):
        if position >= len(names):
            return b"".join(output)
        part = git.run("cat-file", _FORMAT, stdin=b"\n".join(names[position:]) + b"\n", check=False)
        part = part[: part.rfind(b"\n") + 1]
        output.append(part)
        position += part.count(b"\n")
        if position < len(names):
            output.append(names[position] + b" missing\n")
            position += 1
    output.extend(name + b" missing\n" for name in names[position:])
    return b"".join(output)


def _plain(line: bytes) -> str:
    """Return git's complaint without paths of the temporary folder and without object ids, so that like ones count as one."""
    words = line.decode("utf-8", "replace").split(": ", 1)[-1]
    words = re.sub(r"\S*/(pack/\S+|\S{2}/\S+)", r"\1", words)
    words = re.sub(r"[0-9a-f]{40,64}", "...", words)
    return "".join(c if c.isprintable() else "?" for c in words)[:200]


def write_ids(ids: Collection[bytes], file: IO[bytes]) -> None:
    """Write ids as git reads them."""
    if ids:
        file.write(b"\n".join(ids) + b"\n")
