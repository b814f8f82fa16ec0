"""One repository, opened: its objects as shares, its history, and its gaps."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from auditor.model.coverage import GapKind, Skipped
from auditor.model.levels import Exposure
from auditor.model.memory import NOTHING
from auditor.sources import changes
from auditor.sources.before import keep_pass, list_since, told_before, traced_before
from auditor.sources.catalogue import Catalogue, read_catalogue, read_some
from auditor.sources.commits import Graph, RawCommit, RawTag, build
from auditor.sources.contents import Contents
from auditor.sources.gaps import gaps
from auditor.sources.git import GitDirectory, keep
from auditor.sources.index import SUBMODULE, Index, read_index
from auditor.sources.layout import read_regular, text
from auditor.sources.objects import ObjectFacts, ObjectShare
from auditor.sources.packs import all_sound, holds_something, loose_objects
from auditor.sources.provenance import Trace, Tracer
from auditor.sources.refs import Refs, read_refs
from auditor.sources.tip import Tip, read_tip

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from auditor.model.memory import Kept, Memory
    from auditor.sources.changes import Selection
    from auditor.sources.containers import Limits
    from auditor.sources.git import Git
    from auditor.sources.layout import Layout
    from auditor.sources.traced import Traced

_LARGE_REPOSITORY: Final = 64 * 1024 * 1024
_PARTS_EACH: Final = 4
_MANY: Final = 1_000_000
"""Objects above which it takes too much memory to note where each came and went."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked for: everything, what is staged, a range of commits, or no history."""

    staged: bool = False
    commits: str = ""
    history: bool = True

    @property
    def whole(self) -> bool:
        """True when all is asked for."""
        return self.history and not self.staged and not self.commits


@dataclass(slots=True)
class Objects:
    """The objects of a repository: what is to be read, what could not be listed, and the counts of commits, blobs and bytes."""

    catalogue: Catalogue
    skipped: list[Skipped]
    sizes: dict[bytes, int]
    counts: tuple[int, int, int] = (0, 0, 0)
    large: frozenset[bytes] = frozenset()


@dataclass(slots=True)
class _Seen:
    """What a trace left behind for the view."""

    graph: Graph = field(default_factory=lambda: Graph([]))
    trace: Trace | None = None


class Repository:
    """A repository behind a temporary git folder; `prefix` is its folder when it is nested in another.

    Its objects are listed when somebody asks for them: an unchanged repository is judged without.
    """

    def __init__(self, layout: Layout, part: Part, max_blob: int, prefix: str = "") -> None:
        """Open it; a part is looked for at once.

        Raises:
            GitError: git is missing, too old or failed.
            SourceError: the part that is asked for is not here.
        """
        self.layout = layout
        self.part = part
        self.prefix = prefix
        self._max_blob = max_blob
        self._seen: _Seen | None = None
        self.memory = NOTHING
        self._prepared: Tracer | None = None
        self._tracer: Tracer | None = None
        self._told: Sequence[RawCommit] = ()
        self._told_tags: Sequence[RawTag] = ()
        self.selection: Selection | None = None
        self.weight = 0
        """How many bytes the shares will read."""
        try:
            if not part.whole:
                _ = self.objects
        except BaseException:
            self.close()
            raise

    @cached_property
    def objects(self) -> Objects:
        """What is there to be read, listed once."""
        self._select()
        listed = self._listed()
        found = Objects(listed, [*listed.skipped, *gaps(self.layout, self.refs, self.shallow, listed.known)], listed.size_of())
        if self.selection is not None:
            listed.keep(self.selection.oids)
        if not self.part.history:
            found.skipped.append(Skipped(GapKind.HISTORY, "history", "left out, as asked"))
        found.counts = listed.counts
        found.large = frozenset(oid for oid, size in zip(listed.oids, listed.sizes, strict=True) if size > self._max_blob)
        if found.large:
            listed.keep(set(listed.oids) - found.large)
        return found

    def _select(self) -> None:
        if self.part.commits:
            self.selection = changes.commits_between(self.git, self.part.commits, self.shallow)
            if self.selection.tip != self.tip.commit:
                self.tip = read_tip(self.git, self.selection.tip)
        elif self.part.staged:
            self.selection = changes.staged(self.tip, self.index)
        elif not self.part.history:
            self.selection = changes.tip_only(self.tip)

    def _listed(self) -> Catalogue:
        """List every object; for a few commits or what is staged, only those and what has to be here with them."""
        if self.selection is None or not (self.part.commits or self.part.staged):
            return list_since(self._before, self.layout, self.git, self.memory) or read_catalogue(self.git)
        refs = {*self.refs.names.values(), *([self.refs.head] if self.refs.head else [])}
        tip = {oid for _, oid in self.tip.entries.values()} | ({self.tip.commit} if self.tip.commit else set())
        return read_some(self.git, refs | tip | self.selection.oids | self.selection.beside)

    @property
    def catalogue(self) -> Catalogue:
        """The objects to be read."""
        return self.objects.catalogue

    @cached_property
    def shallow(self) -> frozenset[bytes]:
        """The commits at which a shallow clone ends."""
        return frozenset((read_regular(self.git.git_dir / "shallow", 1 << 26) or b"").split())

    @cached_property
    def tip(self) -> Tip:
        """The tree at HEAD, or at the end of the range that is asked for."""
        head = self.refs.head
        here = head is not None and b"missing" not in self.git.run("cat-file", "--batch-check", stdin=head + b"\n", check=False)
        return read_tip(self.git, head if here else None)

    @property
    def index(self) -> dict[bytes, bytes]:
        """What is staged: path to id; conflicting versions keep the first."""
        return self._index.files

    @cached_property
    def _index(self) -> Index:
        return read_index(self.git, self.layout)

    @property
    def empty(self) -> bool:
        """True when it holds no object at all; git is not asked where it looks full."""
        if self.refs.head is not None and holds_something(self.layout):
            return False
        return self.tip.commit is None and not self.catalogue.known

    @property
    def seen(self) -> _Seen:
        """What the history pass found; it is made now if nothing needed it before."""
        if self._seen is None:
            share = self._share([oid for oid, kind in self._rows() if kind != b"blob"], "told", None)
            for _ in share.items():
                pass
            self.trace([share.facts()], frozenset())
        return self._seen or _Seen()

    def _rows(self) -> Iterator[tuple[bytes, bytes]]:
        return zip(self.catalogue.oids, self.catalogue.kinds, strict=True)

    @property
    def listed_sizes(self) -> Mapping[bytes, int] | None:
        """The sizes of all blobs, where all were listed."""
        return self.objects.sizes if "objects" in self.__dict__ and not self.catalogue.on_before else None

    @cached_property
    def contents(self) -> Contents:
        """Gives files of the tip one by one."""
        return Contents(self, self._max_blob)

    @cached_property
    def refs(self) -> Refs:
        """Every ref, as it was when somebody asked first."""
        return read_refs(self.layout)

    @cached_property
    def _directory(self) -> GitDirectory:
        return GitDirectory(self.layout, self.refs)

    @property
    def git(self) -> Git:
        """The git of a temporary folder, which is made when somebody asks.

        Raises:
            GitError: git is missing, too old or failed.
        """
        return self._directory.git

    @cached_property
    def known_file(self) -> Path:
        """A file of the ids that are scanned as objects, for the shares that read files."""
        before = self._before.listed.objects if self._before and self.catalogue.on_before else ()
        return keep(self.git.git_dir / "known", b"\n".join([*before, *self.catalogue.oids]))

    def close(self) -> None:
        """End git, and remove the temporary folder, where there are any."""
        if "contents" in self.__dict__:
            self.contents.close()
        if "_directory" in self.__dict__:
            self._directory.close()

    def shares(self, workers: int, limits: Limits | None, memory: Memory) -> list[ObjectShare]:
        """Cut the object stream; large repositories into several runs for each worker, so that all end together.

        What was scanned before is left out. Of that, commits and tags are read all the same, where what they tell of the history
        was not kept, and so is what lies in files of its own, because only reading shows that it is still whole.
        """
        self.memory = memory
        before = self._before  # asked for now: what is kept is read by one thread only
        stream, again = self.catalogue, None
        settled = frozenset(memory.settled(stream.oids))
        if (settled or stream.on_before) and all_sound(self.layout, memory):
            memory.recall(settled)
            loose = loose_objects(self.layout)
            self._told, self._told_tags = told_before(before, stream, loose)
            telling = {oid for oid, kind in zip(stream.oids, stream.kinds, strict=True) if kind != b"blob" or oid in loose}
            telling.difference_update(commit.oid for commit in self._told)
            again = keep(self.git.git_dir / "again", b"\n".join(telling.intersection(settled)))
            stream = stream.only((set(stream.oids) - settled) | telling)
        skipped = settled if again else frozenset()
        self.weight = sum(size for oid, size in zip(stream.oids, stream.sizes, strict=True) if oid not in skipped)
        is_large = workers > 1 and sum(stream.sizes) > _LARGE_REPOSITORY
        runs = stream.split(max(1, workers * _PARTS_EACH if is_large else workers), tapering=is_large)
        return [self._share(run, f"ids-{number}", limits, again) for number, run in enumerate(runs)]

    def pick(self, oids: Collection[str], limits: Limits | None) -> ObjectShare:
        """Return a share of some objects."""
        asked = {oid.encode() for oid in oids}
        known = self.catalogue.known if self.selection is None else read_some(self.git, asked).known
        return self._share(sorted(oid for oid in asked if oid in known), "picked", limits)

    def _share(self, oids: Sequence[bytes], name: str, limits: Limits | None, again: Path | None = None) -> ObjectShare:
        path = keep(self.git.git_dir / name, b"".join(oid + b"\n" for oid in oids))
        return ObjectShare(self.git, path, limits, self.layout.common / "lfs" / "objects", self.prefix, again)

    def read_whole(self, facts: Sequence[object]) -> Iterator[bytes]:
        """Yield the objects that the shares read to the end, and whose content alone decided what was found."""
        for item in facts:
            if isinstance(item, ObjectFacts) and item.prefix == self.prefix and item.ids is not None:
                unsettled = {oid.encode() for oid in item.unsettled}
                yield from (oid for oid in item.ids.read_bytes().split() if oid not in unsettled)

    def prepare(self) -> None:
        """Read and compare the history of a whole repository before it is known what of it matters: others read the content.

        What cannot be prepared is left to `trace`.
        """
        oids = self.catalogue.oids
        if not self.part.whole or len(oids) > _MANY or self._before is not None:
            return
        share = self._share([oid for oid, kind in self._rows() if kind != b"blob"], "told", None)
        for _ in share.items():
            pass
        facts = share.facts()
        if not facts.skipped:
            tracer = self._tracing(facts.commits, facts.tags)
            tracer.compare(frozenset(oids))
            tracer.graph.infos()
            self._prepared = tracer

    def _tracing(self, commits: list[RawCommit], tags: list[RawTag]) -> Tracer:
        refs = Refs({}, self.selection.tip) if self.part.commits and self.selection is not None else self.refs
        graph, whole = build(commits, tags, refs, ordered=self._told), not (self.part.commits or self.part.staged)
        return Tracer(self.git, self.catalogue, graph, tags, self.tip, self.shallow, whole=whole, before=self._before)

    def trace(self, facts: Sequence[object], wanted: frozenset[bytes], kept: frozenset[bytes] = frozenset()) -> Trace:
        """Make the history pass with what the workers noted, or finish the one that was prepared.

        Args:
            facts: what the workers noted.
            wanted: the objects whose places are asked for.
            kept: those of which only a place that is not where it was is asked for.
        """
        noted = [item for item in facts if isinstance(item, ObjectFacts) and item.prefix == self.prefix]
        more = {oid.encode() for item in noted for oid in item.skipped}
        tracer, self._prepared = self._prepared, None
        if tracer is None:
            commits = [commit for item in noted for commit in item.commits]
            tracer = self._tracing(commits, [*self._told_tags, *(tag for item in noted for tag in item.tags)])
            tracer.compare(wanted | more | self.objects.large)
        self._tracer = tracer
        trace = tracer.finish(wanted | more | self.objects.large, kept - more - self.objects.large)
        trace.skipped.extend(self._too_large(trace))
        # A damaged object that the listing found has a path now: it is said once.
        placed = {item.oid for item in trace.skipped if item.path}
        self.objects.skipped = [item for item in self.skipped if item.what != "object" or item.oid not in placed]
        self._seen = _Seen(tracer.graph, trace)
        return trace

    @cached_property
    def _before(self) -> Traced | None:
        """What an earlier pass found and kept."""
        return traced_before(self.layout, self.memory, self.git.digits) if self.part.whole else None

    def keep_history(self) -> Kept | None:
        """Keep what the pass found, for the next one, and say under which mark."""
        if self._tracer is None or not self.part.whole:
            return None
        return keep_pass(self._before, self._tracer, self.layout, self.memory)

    def state(self) -> dict[str, bytes]:
        """Return a digest for each part of the facts that a view shows; objects are named by what they hold."""
        refs = [b"%s %s" % (oid, name) for name, oid in sorted(self.refs.names.items())]
        parts = {
            "kind": [b"repository"],
            "tip": [self.tip.commit or b""],
            "commits": [raw.oid for raw in self.seen.graph.commits],
            "refs": [self.refs.head_name or b"", *refs],
            "remotes": [read_regular(self.layout.common / "config", 1 << 20) or b""],
        }
        return {part: hashlib.sha256(b"\n".join(lines)).digest() for part, lines in parts.items()}

    def submodules(self) -> list[bytes]:
        """Return the paths that stand for other repositories, at the tip or staged."""
        here = {path for path, (mode, _) in self.tip.entries.items() if mode == SUBMODULE}
        return sorted(here | self._index.links)

    def notes(self) -> list[str]:
        """Say what a reader of the report should know about this copy."""
        found: list[str] = []
        if self._promised() and not any(s.kind is GapKind.HISTORY for s in self.skipped):
            found.append("This copy is marked as a partial clone; what is missing, if anything, is listed as skipped.")
        found.extend(
            f"Objects are borrowed from {text(str(folder).encode())} and were read too." for folder in self.layout.borrowed
        )
        if not self.counts[0] and self.part.whole:
            found.append("The repository has no commits yet.")
        elif self.tip.commit is None and self.part.whole:
            found.append("The branch at HEAD has no commit yet, so there is no current tree.")
        return found

    def _promised(self) -> bool:
        return any(True for _ in (self.layout.common / "objects" / "pack").glob("*.promisor"))

    @property
    def skipped(self) -> list[Skipped]:
        """What could not be looked at on opening."""
        damaged = [Skipped(GapKind.OPAQUE, "index", "damaged: what is staged cannot be read")] if self._index.damaged else []
        return [*self.objects.skipped, *damaged]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many commits and blobs there are, and the size of the blobs."""
        return self.objects.counts

    def _too_large(self, trace: Trace) -> list[Skipped]:
        reason = f"larger than {self._max_blob // 1_000_000} MB"
        found: list[Skipped] = []
        for oid in sorted(self.objects.large):
            place = next(iter(trace.places.get(oid, ())), None)
            in_tip = place is not None and place.exposure is Exposure.HEAD
            found.append(Skipped(GapKind.OPAQUE, "blob", reason, oid.decode(), (place and place.path) or "", in_tip=in_tip))
        return found


def tracks(layout: Layout, folder: Path) -> bool:
    """Tell whether a repository holds files below a folder of its working tree, staged or committed."""
    if layout.worktree is None:
        return False
    below = folder.relative_to(layout.worktree.resolve()).as_posix()
    directory = GitDirectory(layout, read_refs(layout))
    try:
        index = layout.git_dir / "index"
        staged = directory.git.run("ls-files", "-z", "--", f"{below}/", work_tree=layout.worktree, index=index, check=False)
        return bool(staged or directory.git.run("ls-tree", "-z", "HEAD", "--", below, check=False))
    finally:
        directory.close()
