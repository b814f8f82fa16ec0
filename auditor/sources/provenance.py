"""The history pass: from content with matches to the commits, paths and refs that hold it, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from auditor.model.coverage import GapKind, Skipped
from auditor.model.levels import Exposure
from auditor.model.provenance import Place
from auditor.sources.commits import Graph, authored, person
from auditor.sources.git import keep
from auditor.sources.layout import text
from auditor.sources.objects import DAMAGED
from auditor.sources.places import Paths
from auditor.sources.raw_diff import Changes, Pass
from auditor.sources.traced import Passed, Traced, joined
from auditor.sources.trees import loose_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from auditor.sources.catalogue import Catalogue
    from auditor.sources.commits import RawTag
    from auditor.sources.git import Git
    from auditor.sources.tip import Tip

_ABSENT: Final = "not here: this copy lacks part of its content"
_PROCESSES: Final = 2
_SMALL: Final = 2000
_HEAD: Final = Exposure.HEAD.rank
_LOCAL: Final = Exposure.LOCAL_ONLY.rank


@dataclass(slots=True)
class Trace:
    """The history of one repository, as far as it is needed: places by id, every path, and gaps.

    `steady` are objects without places here, because they stand where they stood when the pass before was kept; `late` places one.
    """

    places: dict[bytes, list[Place]]
    paths: Paths
    skipped: list[Skipped] = field(default_factory=list)
    steady: frozenset[bytes] = frozenset()
    late: Callable[[bytes], list[Place]] = lambda _: []


@dataclass(slots=True)
class Tracer:
    """Everything that the pass over the history of one repository needs; `whole` is False when only a range is looked at."""

    git: Git
    catalogue: Catalogue
    graph: Graph
    tags: Collection[RawTag]
    tip: Tip
    shallow: frozenset[bytes] = frozenset()
    whole: bool = True
    before: Traced | None = None
    passed: Passed | None = None
    """The pass, to be kept for the next; None where something was missing."""
    compared: frozenset[bytes] = frozenset()
    """The commits that were compared for it."""
    skipped: list[Skipped] = field(default_factory=list)
    _changes: Changes = field(default_factory=Changes)
    _unseen: set[bytes] = field(default_factory=set)
    _sound: bool = False
    _new: Changes | None = None

    def compare(self, wanted: Collection[bytes]) -> None:
        """Let git compare the commits, noting at least where those that are wanted came and went."""
        comparable, roots = (list(range(len(self.graph.commits))), set()) if self._all_here() else self._comparable()
        self._cut(roots)
        ranks = self.graph.ranks
        sound = self.whole and not (roots or self.shallow) and len(comparable) == len(self.graph.commits)
        built = self.before.beyond(self.graph.index, ranks, self.catalogue, frozenset(wanted)) if sound and self.before else None
        unreached = self._unreached(on_before=built is not None) if self.whole else set()
        numbers = comparable if built is None else built[1]
        commits = [self.graph.commits[number].oid for number in numbers]
        self.compared = frozenset(commits)
        exposed = [ranks[number] for number in numbers]
        new = Pass(self.git, commits, exposed, wanted, self.catalogue.known, unreached).run(
            _PROCESSES if len(commits) > _SMALL else 1
        )
        if len(commits) != len(self.graph.commits):
            _renumber(new, numbers)
        self._changes = new if built is None else joined(built[0], new)
        self._new = new if built is not None else None
        self._unseen = unreached
        self._sound = sound and not (new.missing or new.unreadable or new.too_many)

    def finish(self, wanted: frozenset[bytes], kept: frozenset[bytes] = frozenset()) -> Trace:
        """Place what is wanted, by what the comparison noted; of `kept`, only what stands elsewhere than it did."""
        changes, unreached = self._changes, self._unseen
        changes.brought = {oid: found for oid, found in changes.brought.items() if oid in wanted}
        changes.removed = {key: number for key, number in changes.removed.items() if key[0] in wanted}
        tip = {(oid, path) for path, (_, oid) in self.tip.entries.items() if oid in wanted}
        if self._sound:
            self.passed = Passed(
                self.graph.commits, self.graph.ranks, frozenset(unreached), wanted, changes, frozenset(tip), tuple(self.tags)
            )
        steady: frozenset[bytes] = frozenset()
        if self.before is not None and self._new is not None:
            steady = kept & self.before.steady(self.graph.index, changes, self._new, self.compared, tip)
        wanted -= steady
        self._gaps(changes)
        tip_paths: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for oid, path in tip:
            tip_paths[oid].append(path)
        places = self._places(changes, wanted, tip_paths)
        paths = Paths(self.graph.commits)
        for path, (first, oid, rank) in changes.paths.items():
            paths.add(text(path), first, oid, rank)
        self._outside(unreached, wanted, places, paths)
        for path, (_, oid) in self.tip.entries.items():
            if self.whole or path in changes.paths:
                paths.add(text(path), -1, oid, _HEAD)
        self._rest(wanted, places)
        for found in places.values():
            found.sort(key=_in_order)

        def late(oid: bytes) -> list[Place]:
            found = self._places(changes, [oid], tip_paths)
            if not found:
                self._rest([oid], found)
            return sorted(found[oid], key=_in_order)

        return Trace(places, paths, self.skipped, steady, late)

    def _unreached(self, *, on_before: bool) -> set[bytes]:
        """Return the trees that no commit was seen to lead to: of those that were here before, some; of the new ones, all."""
        trees: Iterable[bytes] = self.catalogue.trees
        if on_before and self.before is not None:
            listed = self.before.listed
            new = self.catalogue.new_trees if self.catalogue.on_before else self.catalogue.trees
            trees = self.before.last.unreached | {oid for oid in new if oid not in listed}
        return set(trees).difference(commit.tree for commit in self.graph.commits)

    def _all_here(self) -> bool:
        """Tell at once, where it can be told so, that nothing before any commit is missing."""
        trees = self.catalogue.trees
        if self.shallow or not self.graph.whole or not isinstance(trees, set):
            return False
        return trees.issuperset(raw.tree for raw in self.graph.commits)

    def _were_whole(self) -> frozenset[bytes]:
        """Return commits of which it is known that nothing before them is missing: a pass was kept only where nothing was."""
        before = self.before
        if before is None or not self.catalogue.on_before or self.shallow or not before.all_in(self.catalogue):
            return frozenset()
        return frozenset(raw.oid for raw in before.last.commits)

    def _comparable(self) -> tuple[list[int], set[bytes]]:
        """Return the commits whose trees are here, and those to be taken as roots because something before them is not."""
        index, trees = self.graph.index, self.catalogue.trees
        comparable: list[int] = []
        roots: set[bytes] = set()
        lost: set[bytes] = set()
        whole = self._were_whole()
        for number, commit in enumerate(self.graph.commits):
            if commit.oid in whole:
                comparable.append(number)
                continue
            if commit.tree not in trees:
                self._gap("commit", "its tree is not here", commit.oid, in_tip=commit.oid == self.tip.commit)
                continue
            comparable.append(number)
            if commit.oid in self.shallow:
                continue
            for parent in commit.parents.split()[1::2]:
                before = index.get(parent)
                if before is None:
                    if parent in self.catalogue.known:
                        continue
                    roots.add(commit.oid)
                    if parent not in lost:
                        lost.add(parent)
                        self._gap("commit", "a parent commit is not here", parent)
                elif self.graph.commits[before].tree not in trees:
                    roots.add(commit.oid)
        return comparable, roots

    def _cut(self, roots: set[bytes]) -> None:
        """Tell git, in our own git folder, that these commits have no parents: it would die of the missing ones."""
        if roots:
            lines = sorted(roots | self.shallow)
            keep(self.git.git_dir / "shallow", b"".join(oid + b"\n" for oid in lines))

    def _gaps(self, changes: Changes) -> None:
        tip = {oid: path for path, (_, oid) in self.tip.entries.items()}
        damaged = {item.oid.encode() for item in self.catalogue.skipped if item.oid}
        for oid, (_, path) in changes.missing.items():
            self._gap("blob", DAMAGED if oid in damaged else _ABSENT, oid, path, in_tip=oid in tip)
        for oid, path in tip.items():
            if oid not in self.catalogue.known and oid not in changes.missing and self.tip.entries[path][0] != b"160000":
                self._gap("blob", DAMAGED if oid in damaged else _ABSENT, oid, path, in_tip=True)
        if not self.tip.complete:
            self._gap("tree", "part of the tree of the current commit is not here", self.tip.commit or b"", in_tip=True)
        for oid in changes.unreadable:
            self._gap("commit", "one of its trees is not here or damaged", oid, in_tip=oid == self.tip.commit)
        if changes.too_many:
            self._gap("history", "more paths than are listed", b"")

    def _gap(self, what: str, reason: str, oid: bytes, path: bytes = b"", *, in_tip: bool = False) -> None:
        self.skipped.append(Skipped(GapKind.HISTORY, what, reason, oid.decode(), text(path), in_tip=in_tip))

    def _places(
        self, changes: Changes, wanted: Collection[bytes], tip_paths: Mapping[bytes, Sequence[bytes]]
    ) -> dict[bytes, list[Place]]:
        """Make a place for each path at which wanted content stood."""
        places: defaultdict[bytes, list[Place]] = defaultdict(list)
        for oid in wanted:
            first: dict[bytes, int] = {}
            best: dict[bytes, Exposure] = {}
            for number, path in changes.brought.get(oid, ()):
                first.setdefault(path, number)
                level = self.graph.exposure(number)
                if path not in best or level.rank > best[path].rank:
                    best[path] = level
            for path in tip_paths.get(oid, ()):
                best[path] = Exposure.HEAD
            for path, level in best.items():
                number = first.get(path, -1)
                commit = self.graph.commits[number] if number >= 0 else None
                places[oid].append(
                    Place(
                        text(path),
                        commit.oid.decode() if commit else None,
                        authored(commit) if commit else None,
                        level,
                        None if level is Exposure.HEAD else self._gone(changes.removed.get((oid, path))),
                    )
                )
        return places

    def _gone(self, number: int | None) -> datetime | None:
        return None if number is None else authored(self.graph.commits[number])

    def _outside(self, unreached: set[bytes], wanted: Collection[bytes], places: dict[bytes, list[Place]], paths: Paths) -> None:
        """Give names to what lies in trees that no commit leads to."""
        if not unreached:
            return
        found, damaged = loose_paths(self.git, unreached, self.git.git_dir / "loose-trees")
        for oid in damaged:
            self._gap("tree", DAMAGED, oid)
        for oid, path in found.items():
            paths.add(text(path), -1, oid, _LOCAL)
            if oid in wanted and oid not in places:
                places[oid] = [Place(text(path), None, None, Exposure.LOCAL_ONLY)]

    def _rest(self, wanted: Iterable[bytes], places: dict[bytes, list[Place]]) -> None:
        """Place commits, tags, tagged content, and what nothing leads to."""
        tags = {tag.oid: tag for tag in self.tags}
        for oid in wanted:
            if oid in places or oid not in self.catalogue.known:
                continue
            number = self.graph.index.get(oid)
            if number is not None:
                commit = self.graph.commits[number]
                places[oid] = [Place(None, oid.decode(), authored(commit), self.graph.exposure(number))]
                continue
            level = self.graph.seen_from.get(oid, Exposure.LOCAL_ONLY)
            when = person(tags[oid].tagger)[2] if oid in tags and tags[oid].tagger else None
            target = self.graph.peeled.get(oid, b"") if oid in tags else b""
            places[oid] = [Place(None, target.decode() if target in self.graph.index else None, when, level)]


def _in_order(place: Place) -> tuple[int, float, str]:
    return (-place.exposure.rank, place.authored.timestamp() if place.authored else 0.0, place.path or "")


def _renumber(changes: Changes, numbers: list[int]) -> None:
    """Count commits as the graph does, where the pass left some out."""
    changes.paths = {path: (numbers[n], oid, rank) for path, (n, oid, rank) in changes.paths.items()}
    changes.brought = {oid: [(numbers[n], path) for n, path in found] for oid, found in changes.brought.items()}
    changes.removed = {key: numbers[n] for key, n in changes.removed.items()}
