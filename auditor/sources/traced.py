"""What the pass over a history found, kept for the next one, which then compares only the commits that are new.

What a commit changed stays as it is for ever; what may change is which commits there are, how exposed each is, which objects are
here, and which of them are asked for. Where any of that makes more than new commits necessary, the whole history is compared.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.sources.commits import RawCommit
from auditor.sources.raw_diff import MAX_PATHS, Changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Traced:
    """One whole pass: the commits in their order with their ranks, the objects that were here, those asked for, what was found."""

    commits: Sequence[RawCommit]
    ranks: Sequence[int]
    known: frozenset[bytes]
    unreached: frozenset[bytes]
    wanted: frozenset[bytes]
    changes: Changes

    def beyond(
        self, index: Mapping[bytes, int], ranks: Sequence[int], known: Collection[bytes], wanted: frozenset[bytes]
    ) -> tuple[Changes, list[int]] | None:
        """Return what still holds, and the numbers of the commits that are to be compared; None where nothing can be built on.

        Args:
            index: the number of each commit, by its id.
            ranks: how exposed each commit is, by its number.
            known: all objects that are here.
            wanted: those asked for.
        """
        numbers = [index.get(commit.oid, -1) for commit in self.commits]
        gone = -1 in numbers or not self.known.issubset(known)
        if gone or any(ranks[number] < rank for number, rank in zip(numbers, self.ranks, strict=True)):
            return None
        if any(oid in self.known and oid not in self.wanted for oid in wanted):
            return None  # it stood somewhere already, and nobody noted where
        same = {number for number, rank in zip(numbers, self.ranks, strict=True) if ranks[number] == rank}
        old = self.changes
        found = Changes(
            {path: (numbers[first], oid, rank) for path, (first, oid, rank) in old.paths.items()},
            {oid: [(numbers[n], path) for n, path in places] for oid, places in old.brought.items() if oid in wanted},
            {(oid, path): numbers[n] for (oid, path), n in old.removed.items() if oid in wanted},
        )
        return found, [number for number in range(len(ranks)) if number not in same]


def joined(found: Changes, new: Changes) -> Changes:
    """Put what the new commits changed on top; both number commits alike."""
    for path, (first, oid, rank) in new.paths.items():
        before = found.paths.get(path)
        if before is None:
            found.paths[path] = (first, oid, rank)
        else:
            found.paths[path] = (*min((first, oid), before[:2]), max(rank, before[2]))
    for oid, places in new.brought.items():
        found.brought[oid] = sorted({*found.brought.get(oid, ()), *places})
    for key, number in new.removed.items():
        found.removed[key] = max(number, found.removed.get(key, -1))
    found.missing, found.unreadable = new.missing, new.unreadable
    found.too_many = new.too_many or len(found.paths) > MAX_PATHS
    return found


def as_plain(traced: Traced) -> dict[str, Any]:
    """Return it as JSON holds it. Bytes of paths are letters of the same number."""
    changes = traced.changes
    return {
        "commits": b"\n".join(line for commit in traced.commits for line in _lines(commit)).decode("latin-1"),
        "ranks": list(traced.ranks),
        "known": b64encode(b"".join(map(bytes.fromhex, map(bytes.decode, traced.known)))).decode(),
        "unreached": b" ".join(traced.unreached).decode(),
        "wanted": b" ".join(traced.wanted).decode(),
        "paths": [(path.decode("latin-1"), first, oid.decode(), rank) for path, (first, oid, rank) in changes.paths.items()],
        "brought": [
            (oid.decode(), [(number, path.decode("latin-1")) for number, path in places]) for oid, places in changes.brought.items()
        ],
        "removed": [(oid.decode(), path.decode("latin-1"), number) for (oid, path), number in changes.removed.items()],
    }


def from_plain(data: Mapping[str, Any], digits: int) -> Traced:
    """Return it again; `digits` is the length of an object id."""
    ids = b64decode(data["known"]).hex().encode()
    return Traced(
        _commits(data["commits"].encode("latin-1")),
        data["ranks"],
        frozenset(ids[at : at + digits] for at in range(0, len(ids), digits)),
        frozenset(data["unreached"].encode().split()),
        frozenset(data["wanted"].encode().split()),
        Changes(
            {path.encode("latin-1"): (first, oid.encode(), rank) for path, first, oid, rank in data["paths"]},
            {oid.encode(): [(number, path.encode("latin-1")) for number, path in places] for oid, places in data["brought"]},
            {(oid.encode(), path.encode("latin-1")): number for oid, path, number in data["removed"]},
        ),
    )


def _lines(commit: RawCommit) -> Iterator[bytes]:
    """Yield the facts of a commit; none of them holds an end of line, but between the parents."""
    parents = b" ".join(commit.parents.split()[1::2])
    yield from (commit.oid, commit.tree, parents, commit.author, commit.committer)
    yield from (b"signed" if commit.signed else b"", commit.encoding, commit.subject)


def _commits(text: bytes) -> list[RawCommit]:
    lines = iter(text.split(b"\n")) if text else iter(())
    return [
        RawCommit(oid, tree, b"".join(b"parent %s\n" % oid for oid in parents.split()), author, committer, bool(signed), *rest)
        for oid, tree, parents, author, committer, signed, *rest in zip(*[lines] * len(RawCommit._fields), strict=True)
    ]
