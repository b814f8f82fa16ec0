"""What of an object database was listed and looked at before, so that the next time only what is new has to be listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import GitError
from auditor.sources.catalogue import Catalogue, read_some
from auditor.sources.ids import Ids, Joined
from auditor.sources.packs import ids_in, loose_objects, pack_marks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from auditor.sources.git import Git
    from auditor.sources.layout import Layout

_MUCH: Final = 4
"""Where more than one in so many objects is new, all are listed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Objects of packs that are still there, by what they are, and what lay beside them.

    Of `objects` (all but trees) everything that was found in them is kept; `aside` are those that lay loose, or of which it is not.
    `counts` are the commits and blobs among the objects, and the bytes of the blobs.
    """

    packs: frozenset[str]
    objects: Ids
    trees: Ids
    aside: frozenset[bytes]
    counts: tuple[int, int, int]

    def __iter__(self) -> Iterator[bytes]:
        """Go through all that was there."""
        yield from self.objects
        yield from self.trees
        yield from self.aside

    def __contains__(self, oid: object) -> bool:
        """Tell whether it was there."""
        return oid in self.aside or oid in self.objects or oid in self.trees


def list_new(before: Listed, layout: Layout, git: Git) -> Catalogue | None:
    """List only what was not listed before; None where a pack is gone, or so much is new that all has to be listed."""
    now = pack_marks(layout)
    if not before.packs.issubset(now):
        return None
    asked = set(loose_objects(layout) | before.aside)
    try:
        for mark, path in now.items():
            if path.suffix == ".idx" and mark not in before.packs:
                asked |= ids_in(path, git)
    except (GitError, OSError):
        return None  # listing all says what is damaged
    if len(asked) * _MUCH > len(before.objects) + len(before.trees):
        return None
    asked = {oid for oid in asked if oid not in before.objects and oid not in before.trees}
    found = read_some(git, asked) if asked else Catalogue()
    if found.skipped or len(found.known) != len(asked):
        return None  # something is damaged or gone, and only listing all of it says what
    found.trees = Joined([before.trees], set(found.trees))
    found.known = Joined([before.objects, before.trees], set(found.known))
    found.before = before.counts
    return found


def listed(catalogue: Catalogue, before: Listed | None, kept: Collection[bytes], layout: Layout, digits: int) -> Listed:
    """Return what the next run need not list again.

    Args:
        catalogue: all that is here, or what was new beside `before`.
        before: what was listed before, where the catalogue stands on it.
        kept: the objects of which everything that was found in them is kept.
        layout: where the objects lie.
        digits: the length of an object id.
    """
    loose = loose_objects(layout)
    objects: set[bytes] = set()
    commits = blobs = volume = 0
    for oid, kind, size in zip(catalogue.oids, catalogue.kinds, catalogue.sizes, strict=True):
        if oid in kept and oid not in loose:
            objects.add(oid)
            if kind == b"blob":
                blobs, volume = blobs + 1, volume + size
            elif kind == b"commit":
                commits += 1
    counts, trees = (commits, blobs, volume), set(catalogue.new_trees) - loose
    aside = frozenset(catalogue.new).difference(objects, trees)
    if before is not None:
        objects |= set(before.objects)
        trees |= set(before.trees)
        counts = (counts[0] + before.counts[0], counts[1] + before.counts[1], counts[2] + before.counts[2])
    return Listed(frozenset(pack_marks(layout)), Ids.of(objects, digits), Ids.of(trees, digits), aside, counts)


def as_plain(before: Listed) -> dict[str, Any]:
    """Return it as JSON holds it, but for bytes."""
    return {
        "packs": sorted(before.packs),
        "objects": before.objects.packed,
        "trees": before.trees.packed,
        "aside": b" ".join(before.aside),
        "counts": list(before.counts),
    }


def from_plain(data: Mapping[str, Any], digits: int) -> Listed:
    """Return it again."""
    commits, blobs, volume = data["counts"]
    return Listed(
        frozenset(data["packs"]),
        Ids(data["objects"], digits),
        Ids(data["trees"], digits),
        frozenset(data["aside"].split()),
        (commits, blobs, volume),
    )
