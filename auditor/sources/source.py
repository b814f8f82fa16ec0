"""The one implementation of `Source`: a repository, or a folder, or a file, with the repositories nested in it."""

from __future__ import annotations

import hashlib
from collections import ChainMap
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from auditor.errors import AuditorError
from auditor.model.coverage import Coverage, GapKind, Skipped
from auditor.model.levels import Exposure
from auditor.model.memory import NOTHING
from auditor.model.provenance import History, KnownPath, Place
from auditor.sources import layout as layouts
from auditor.sources.changes import differing
from auditor.sources.layout import join, text
from auditor.sources.objects import ObjectFacts
from auditor.sources.places import Paths, Places
from auditor.sources.provenance import Trace
from auditor.sources.refs import exposure
from auditor.sources.repository import Part, Repository
from auditor.sources.several import Several
from auditor.sources.text_objects import ConfigShare, NameShare, config_files
from auditor.sources.unchanged import state_of
from auditor.sources.view import FolderView, HistoryView
from auditor.sources.worktree import FileFacts, FileShare, Listing, blob_id, ignored_paths, list_files, read_file, split_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from auditor.config import Settings
    from auditor.model.blob import Share
    from auditor.model.memory import Kept, Memory
    from auditor.model.view import RepositoryView
    from auditor.sources.containers import Limits
    from auditor.sources.layout import Layout

_NESTING = 8
_FILE = 10_000
"""Bytes that a file of a working tree is taken for before it is opened."""


class OpenTarget:
    """A target that was opened; see `Source` for the contract of each method."""

    def __init__(  # noqa: PLR0913  what is opened, how, and where it lies in another
        self,
        root: Path,
        layout: Layout | None,
        settings: Settings,
        *,
        part: Part | None = None,
        prefix: str = "",
        depth: int = 0,
    ) -> None:
        """Open it, and the repositories nested in it."""
        self.root = root
        self.prefix = prefix
        self.settings = settings
        self.part = part or Part(history=settings.history)
        self.notes: list[str] = []
        self._skipped: list[Skipped] = []
        self._nested: list[OpenTarget] = []
        self._paths: Mapping[str, KnownPath] = {}
        self._traced = False
        self._keys: dict[str, bytes] = {}
        self._view: HistoryView | None = None
        self._files = 0
        self._bytes = 0
        self.repository = Repository(layout, self.part, settings.max_blob, prefix) if layout is not None else None
        try:
            self._listing = self._list()
            for folder in self._listing.nested:
                self._open_nested(folder, depth + 1)
        except BaseException:
            self.close()
            raise

    @property
    def kind(self) -> str:
        """`repository`, `folder` or `file`."""
        if self.repository is not None:
            return "repository"
        return "folder" if self.root.is_dir() else "file"

    @property
    def bare(self) -> bool:
        """True for a bare or mirror copy."""
        return self.repository is not None and self.repository.layout.worktree is None

    @property
    def empty(self) -> bool:
        """True when there is nothing at all to look at."""
        own = self.repository is None or self.repository.empty
        return own and not (self._listing.files or self._listing.skipped or self._nested)

    def _list(self) -> Listing:
        """List the files that are read: none for a bare copy or a part of the history."""
        repository = self.repository
        if repository is None:
            return Listing(files=[b""]) if self.root.is_file() else list_files(self.root)
        worktree = repository.layout.worktree
        if worktree is None or self.part.staged or self.part.commits:
            return Listing()
        links = repository.submodules()
        index = repository.layout.git_dir / "index"
        ignored = set() if self.settings.include_ignored else ignored_paths(repository.git, worktree, index)
        listing = list_files(worktree, ignored=ignored, submodules=set(links))
        if listing.ignored:
            self.notes.append(f"{listing.ignored} ignored files or folders were not looked at; --include-ignored reads them.")
        return listing

    def _open_nested(self, folder: bytes, depth: int) -> None:
        prefix = f"{self.prefix}{text(folder)}/"
        path = layouts.join(self.root, folder)
        if depth > _NESTING:
            self._skipped.append(Skipped(GapKind.OPAQUE, "repository", "nested too deeply", path=prefix))
            return
        try:
            layout = layouts.find(path)
            if layout is None or not layout.common.is_relative_to(self.root.resolve()):
                reason = "nested repository whose git folder lies outside of this one"
                self._skipped.append(Skipped(GapKind.OPAQUE, "repository", reason, path=prefix))
                return
            self._nested.append(OpenTarget(path, layout, self.settings, prefix=prefix, depth=depth))
        except AuditorError:
            self._skipped.append(Skipped(GapKind.OPAQUE, "repository", "nested repository that cannot be opened", path=prefix))

    def _submodules(self) -> Iterator[Skipped]:
        """Say of each place of another repository that its content is not here."""
        if self.repository is not None and (self.part.whole or not self.part.history):
            for path in self.repository.submodules():
                reason = "its content is in another repository"
                yield Skipped(GapKind.OPAQUE, "submodule", reason, path=self.prefix + text(path), in_tip=True)

    def _limits(self) -> Limits:
        from auditor.sources.containers import Limits  # noqa: PLC0415  loaded when content is read

        return Limits.of(self.settings)

    def shares(self, workers: int, memory: Memory = NOTHING) -> Sequence[Share]:
        """Return all content as pieces of work, without what the memory says was scanned before."""
        limits = self._limits()
        shares: list[Share] = []
        if self.repository is not None:
            shares.extend(self.repository.shares(workers, limits, memory))
            if self.part.whole:
                shares.append(ConfigShare(config_files(self.repository.layout, self.prefix)))
        shares.extend(split_files(self._file_share(self._listing.files, limits), workers))
        return [*shares, *chain.from_iterable(nested.shares(workers, memory) for nested in self._nested)]

    @property
    def weight(self) -> int:
        """About how many bytes the shares will read."""
        own = self.repository.weight if self.repository is not None else 0
        return own + len(self._listing.files) * _FILE + sum(nested.weight for nested in self._nested)

    def read_whole(self, facts: Sequence[object]) -> Iterator[bytes]:
        """Yield the objects that the shares read to the end, and whose content alone decided what was found."""
        if self.repository is not None:
            yield from self.repository.read_whole(facts)
        for nested in self._nested:
            yield from nested.read_whole(facts)

    def _file_share(self, paths: Sequence[bytes], limits: Limits | None, *, again: bool = False) -> FileShare:
        known = None if self.repository is None or again or not paths else self.repository.known_file
        form = "sha1" if self.repository is None else self.repository.layout.object_format
        prefix = self.prefix if self.root.is_dir() else self.prefix + self.root.name
        return FileShare(self.root, paths, self.settings.max_blob, limits, known, form, prefix)

    def prepare(self) -> None:
        """Do what can be done for `trace` while others read the content."""
        if self.repository is not None:
            self.repository.prepare()

    def trace(self, facts: Sequence[object], wanted: Collection[str], kept: Collection[str] = ()) -> History:
        """Find out where content stands."""
        found: dict[str, list[Place]] = {}
        skipped: list[Skipped] = []
        # What is staged, lies in the working tree or is nested has places that no commit tells: there nothing is left out.
        paths, trace = self._trace_objects(facts, wanted, found, skipped, frozenset(() if self._nested or not self.bare else kept))
        self._trace_files(facts, frozenset(wanted), found, paths)
        parts: list[Mapping[str, KnownPath]] = [paths]
        for nested in self._nested:
            history = nested.trace(facts, wanted)
            for key in wanted:
                found.setdefault(key, []).extend(history.places.get(key, ()))
            skipped.extend(history.skipped)
            parts.append(history.paths)
        self._paths = ChainMap(*map(dict, parts)) if len(parts) > 1 else paths
        self._traced = True
        self._name_config(found)
        places = {
            key: tuple(sorted(some, key=lambda p: -p.exposure.rank) if len(some) > 1 else some)
            for key, some in found.items()
            if some
        }
        steady = frozenset(map(bytes.decode, trace.steady))
        return History(
            Places(places, self._paths, self._ref_places, steady, trace.late), self._paths, tuple(skipped), steady=steady
        )

    def _trace_objects(
        self,
        facts: Sequence[object],
        wanted: Collection[str],
        found: dict[str, list[Place]],
        skipped: list[Skipped],
        kept: frozenset[str],
    ) -> tuple[Paths, Trace]:
        repository = self.repository
        if repository is None:
            return Paths(()), Trace({}, Paths(()))
        more = {oid for item in facts if isinstance(item, ObjectFacts) and item.prefix == self.prefix for oid in item.skipped}
        asked = frozenset(oid.encode() for oid in wanted if ":" not in oid)
        trace = repository.trace(facts, asked, frozenset(oid.encode() for oid in kept))
        for oid in {*wanted, *more}:
            for place in trace.places.get(oid.encode("ascii", "replace"), ()):
                found.setdefault(oid, []).append(self._moved(place))
        skipped.extend(replace(item, path=self.prefix + item.path) if item.path else item for item in trace.skipped)
        paths = trace.paths.below(self.prefix) if self.prefix else trace.paths
        for path, staged in differing(repository.tip, repository.index).items() if not self.part.commits else ():
            name = self.prefix + text(path)
            paths.add(name, -1, staged, Exposure.UNCOMMITTED.rank)
            if staged.decode() in wanted:
                places = found.setdefault(staged.decode(), [])
                if all(place.path is None for place in places):
                    places.clear()  # that no commit leads to it is what staged means
                places.append(Place(name, None, None, Exposure.UNCOMMITTED))
        return paths, trace

    def _moved(self, place: Place) -> Place:
        """Put a place of a nested repository below its folder; nobody but the owner of this copy sees it."""
        if not self.prefix:
            return place
        path = None if place.path is None else self.prefix + place.path
        return place._replace(path=path, exposure=min(place.exposure, Exposure.LOCAL_ONLY, key=lambda level: level.rank))

    def _trace_files(self, facts: Sequence[object], wanted: frozenset[str], found: dict[str, list[Place]], paths: Paths) -> None:
        """Place the files that were read, under the key of their content or the object they equal."""
        level = Exposure.UNCOMMITTED if self.repository is not None else Exposure.HEAD
        tip = self.repository.tip.entries if self.repository is not None else {}
        own = self.prefix if self.root.is_dir() else self.prefix + self.root.name
        for item in facts:
            if not isinstance(item, FileFacts) or item.prefix != own:
                continue
            self._files += len(item.files)
            self._bytes += item.size
            for path, oid in item.files:
                name = own + text(path)
                key = item.keys.get(oid, oid.decode())
                self._keys[f"file:{name}"] = path
                paths.add(name, -1, oid, level.rank)
                if tip.get(path, (b"", b""))[1] != oid and (key in wanted or key.startswith("file:")):
                    found.setdefault(key, []).append(Place(name, None, None, level))

    def _name_config(self, found: dict[str, list[Place]]) -> None:
        """Place configuration, which needs no history to be placed."""
        for name, _ in config_files(self.repository.layout, self.prefix) if self.repository is not None else ():
            found[f"config:{name}"] = [Place(name, None, None, Exposure.UNCOMMITTED)]

    def _ref_places(self) -> Iterator[tuple[str, Place]]:
        """Place the names of refs."""
        if self.repository is None:
            return
        graph = self.repository.seen.graph
        for ref, oid in self.repository.refs.names.items():
            commit = graph.peeled.get(oid, oid)
            known = commit.decode() if commit in graph.index else None
            yield f"ref:{self.prefix}{text(ref)}", self._moved(Place(None, known, None, exposure(ref)))

    def names(self) -> NameShare:
        """Return paths and ref names as content."""
        return NameShare(list(self._paths), self._ref_names())

    def _ref_names(self) -> list[tuple[str, bytes]]:
        own = (
            [(self.prefix, name) for name in self.repository.refs.names] if self.repository is not None and self.part.whole else []
        )
        return [*own, *chain.from_iterable(nested._ref_names() for nested in self._nested)]  # noqa: SLF001  of the same class

    def pick(self, oids: Collection[str]) -> Share:
        """Return a share that reads these again."""
        return Several(self._picked(oids))

    def _picked(self, oids: Collection[str]) -> list[Share]:
        limits = self._limits()
        shares: list[Share] = []
        if self.repository is not None:
            shares.append(self.repository.pick([oid for oid in oids if ":" not in oid], limits))
            shares.append(
                ConfigShare([(n, p) for n, p in config_files(self.repository.layout, self.prefix) if f"config:{n}" in oids])
            )
        files = [self._keys[key] for key in oids if key in self._keys]
        if files:
            shares.append(self._file_share(files, limits, again=True))
        return [*shares, *chain.from_iterable(nested._picked(oids) for nested in self._nested)]  # noqa: SLF001  of the same class

    def _known_paths(self) -> Mapping[str, KnownPath]:
        if self.repository is None or self._traced:
            return self._paths
        trace = self.repository.seen.trace
        return trace.paths if trace is not None else {}

    def view(self) -> RepositoryView:
        """Return the facts for the openness checks."""
        if self.repository is not None:
            self._view = self._view or HistoryView(self.repository, self._known_paths)
            return self._view
        return FolderView(self.root, self._listing.files, self._paths, self.settings.max_blob)

    def whole_state(self) -> bytes:
        """Return one value for everything that a scan would read; empty where none is known."""
        repository = self.repository
        if repository is None or not self.part.whole or self._nested or self._listing.nested:
            return b""
        state = state_of(repository.layout)
        if not state or self.bare:
            return state
        digest = hashlib.blake2b(state, digest_size=32)
        form = repository.layout.object_format
        for path in self._listing.files:
            content = read_file(bytes(join(self.root, path)), self.settings.max_blob)
            digest.update(repr((path, content if isinstance(content, str) else blob_id(content, form))).encode())
        rest = (self._listing.skipped, self._skipped, self.notes, sorted(repository.index.items()), repository.submodules())
        digest.update(repr(rest).encode("utf-8", "surrogateescape"))
        return digest.digest()

    def keep_history(self) -> Kept | None:
        """Keep what tracing found, for the next time; see `Source`."""
        return self.repository.keep_history() if self.repository is not None and not self._nested else None

    def state(self) -> Mapping[str, bytes]:
        """Return a digest for each part of the facts that the view shows; nothing where they do not come from one repository."""
        return self.repository.state() if self.repository is not None and not self._nested else {}

    def coverage(self) -> Coverage:
        """Return counts, notes, and what could not be read on opening."""
        own = Coverage(
            skipped=(*self._submodules(), *self._skipped, *self._listing.skipped),
            notes=tuple(self.notes),
            files=self._files,
            bytes=self._bytes,
        )
        if self.repository is not None:
            commits, blobs, volume = self.repository.counts
            gaps = tuple(replace(s, path=self.prefix + s.path) if s.path else s for s in self.repository.skipped)
            own = replace(
                own,
                refs=len(self.repository.refs.names),
                commits=commits,
                blobs=blobs,
                bytes=volume + self._bytes,
                skipped=(*gaps, *own.skipped),
                notes=(*own.notes, *self.repository.notes()),
            )
        for nested in self._nested:
            inner = nested.coverage()
            own = Coverage(
                own.refs + inner.refs,
                own.commits + inner.commits,
                own.blobs + inner.blobs,
                own.bytes + inner.bytes,
                own.files + inner.files,
                (*own.skipped, *inner.skipped),
                (*own.notes, *(f"{nested.prefix} {note}" for note in inner.notes)),
            )
        return own

    def close(self) -> None:
        """Remove the temporary files."""
        for nested in self._nested:
            nested.close()
        if self.repository is not None:
            self.repository.close()

    def __enter__(self) -> Self:
        """Open it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Remove the temporary files."""
        self.close()
