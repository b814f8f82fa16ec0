"""What the pass over a history found, kept for the next one, which then compares only the commits that are new.

What a commit changed stays as it is for ever; what may change is which commits there are, how exposed each is, which objects are
here, and which of them are asked for. Where any of that makes more than new commits necessary, the whole history is compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.sources import listing
from auditor.sources.commits import RawCommit, RawTag
from auditor.sources.raw_diff import MAX_PATHS, Changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from auditor.sources.catalogue import Catalogue
    from auditor.sources.listing import Listed


@dataclass(frozen=True, slots=True)
class Passed:
    """One whole pass: the commits in their order with their ranks, the objects asked for, what was found.

    `unreached` are the trees that no commit leads to; `tip` says at which paths of the tip objects that were asked for stood.
    """

    commits: Sequence[RawCommit]
    ranks: Sequence[int]
    unreached: frozenset[bytes]
    wanted: frozenset[bytes]
    changes: Changes
    tip: frozenset[tuple[bytes, bytes]]
    tags: Sequence[RawTag] = ()


@dataclass(frozen=True, slots=True)
class Traced:
    """A pass that was kept under a mark, with the objects that were here."""

    mark: bytes
    listed: Listed
    last: Passed

    def beyond(
        self, index: Mapping[bytes, int], ranks: Sequence[int], catalogue: Catalogue, wanted: frozenset[bytes]
    ) -> tuple[Changes, list[int]] | None:
        """Return what still holds, and the numbers of the commits that are to be compared; None where nothing can be built on.

        Args:
            index: the number of each commit, by its id.
            ranks: how exposed each commit is, by its number.
            catalogue: the objects that are here.
            wanted: those asked for.
        """
        last = self.last
        numbers = [index.get(commit.oid, -1) for commit in last.commits]
        if -1 in numbers or any(ranks[number] < rank for number, rank in zip(numbers, last.ranks, strict=True)):
            return None
        if not self.all_in(catalogue):
            return None
        if any(oid not in last.wanted and oid in self.listed for oid in wanted):
            return None  # it stood somewhere already, and nobody noted where
        same = {number for number, rank in zip(numbers, last.ranks, strict=True) if ranks[number] == rank}
        return _renumbered(last.changes, numbers), [number for number in range(len(ranks)) if number not in same]

    def all_in(self, catalogue: Catalogue) -> bool:
        """Tell whether all objects that were here still are: a catalogue that stands on this listing holds most by itself."""
        some: Iterable[bytes] = self.listed.aside if catalogue.on_before else self.listed
        return all(oid in catalogue.known for oid in some)

    def steady(
        self, index: Mapping[bytes, int], changes: Changes, new: Changes, compared: Collection[bytes], tip: set[tuple[bytes, bytes]]
    ) -> frozenset[bytes]:
        """Return the objects that were asked for then, stood at a path or were commits, and stand where they stood.

        Args:
            index: the number of each commit, by its id.
            changes: all that commits brought and took away.
            new: what the commits brought and took away that were compared now.
            compared: these commits.
            tip: at which paths of the tip objects that were asked for stand now.
        """
        moved = {oid for oid, _ in tip.symmetric_difference(self.last.tip)} | {oid for oid, _ in new.removed}
        moved.update(new.brought, compared)
        here = {oid for oid, _ in tip}
        placed = (oid for oid in self.last.wanted if oid in changes.brought or oid in here or oid in index)
        return frozenset(oid for oid in placed if oid not in moved)


def _renumbered(old: Changes, numbers: list[int]) -> Changes:
    """Count commits as they are counted now; where all new ones are younger, nothing changes."""
    if numbers == list(range(len(numbers))):
        return Changes(dict(old.paths), dict(old.brought), dict(old.removed))
    return Changes(
        {path: (numbers[first], oid, rank) for path, (first, oid, rank) in old.paths.items()},
        {oid: [(numbers[n], path) for n, path in places] for oid, places in old.brought.items()},
        {key: numbers[n] for key, n in old.removed.items()},
    )


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
    """Return it as JSON holds it, but for long bytes. Bytes of paths are letters of the same number."""
    last, changes = traced.last, traced.last.changes
    return {
        "mark": traced.mark.hex(),
        "listed": listing.as_plain(traced.listed),
        "commits": b"\n".join(map(_lines, last.commits)),
        "ranks": list(last.ranks),
        "tags": b"\n".join(map(b"\n".join, last.tags)),
        "unreached": b" ".join(last.unreached),
        "wanted": b" ".join(last.wanted),
        "tip": [(oid.decode(), path.decode("latin-1")) for oid, path in last.tip],
        "paths": [(path.decode("latin-1"), first, oid.decode(), rank) for path, (first, oid, rank) in changes.paths.items()],
        "brought": [
            (oid.decode(), [(number, path.decode("latin-1")) for number, path in places]) for oid, places in changes.brought.items()
        ],
        "removed": [(oid.decode(), path.decode("latin-1"), number) for (oid, path), number in changes.removed.items()],
    }


def from_plain(data: Mapping[str, Any], digits: int) -> Traced:
    """Return it again; `digits` is the length of an object id."""
    last = Passed(
        _commits(data["commits"]),
        data["ranks"],
        frozenset(data["unreached"].split()),
        frozenset(data["wanted"].split()),
        Changes(
            {path.encode("latin-1"): (first, oid.encode(), rank) for path, first, oid, rank in data["paths"]},
            {oid.encode(): [(number, path.encode("latin-1")) for number, path in places] for oid, places in data["brought"]},
            {(oid.encode(), path.encode("latin-1")): number for oid, path, number in data["removed"]},
        ),
        frozenset((oid.encode(), path.encode("latin-1")) for oid, path in data["tip"]),
        list(map(RawTag, *_columns(data["tags"], len(RawTag._fields)))),
    )
    return Traced(bytes.fromhex(data["mark"]), listing.from_plain(data["listed"], digits), last)


def _lines(commit: RawCommit) -> bytes:
    """Return the facts of a commit, each a line; none of them holds an end of line, but between the parents."""
    oid, tree, parents, author, committer, signed, encoding, subject = commit
    sign = b"signed" if signed else b""
    return b"\n".join((oid, tree, parents.replace(b"\n", b" "), author, committer, sign, encoding, subject))


def _columns(text: bytes, each: int) -> Iterator[list[bytes]]:
    """Return facts that were written each on a line, so many of one thing, by their kind."""
    lines = text.split(b"\n") if text else []
    return (lines[at::each] for at in range(each))


def _commits(text: bytes) -> list[RawCommit]:
    oids, trees, parents, authors, committers, signed, encodings, subjects = _columns(text, len(RawCommit._fields))
    return list(map(RawCommit, oids, trees, parents, authors, committers, map(bool, signed), encodings, subjects))
