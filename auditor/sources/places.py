"""Places and paths as mappings that make their values when they are asked for: most are never asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.model.levels import Exposure
from auditor.model.provenance import KnownPath, Place
from auditor.sources.commits import authored

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from auditor.sources.commits import RawCommit

_LEVELS = tuple(Exposure)


class Paths(Mapping[str, KnownPath]):
    """Every path of the history and of the working tree."""

    def __init__(self, commits: Sequence[RawCommit]) -> None:
        """Start with none."""
        self._commits = commits
        self._known: dict[str, tuple[int, bytes, int]] = {}

    def add(self, path: str, first: int, oid: bytes, rank: int) -> None:
        """Add a path; `first` numbers the commit that brought it, -1 where none did. The better exposure stays."""
        before = self._known.get(path)
        if before is None:
            self._known[path] = (first, oid, rank)
        elif rank > before[2]:
            self._known[path] = (before[0], before[1], rank)

    def below(self, prefix: str) -> Paths:
        """Return the same paths below a folder, seen by nobody but the owner of this copy."""
        moved = Paths(self._commits)
        local = Exposure.LOCAL_ONLY.rank
        moved._known = {prefix + path: (first, oid, min(rank, local)) for path, (first, oid, rank) in self._known.items()}
        return moved

    def __getitem__(self, path: str) -> KnownPath:
        """Say what is known of a path."""
        first, oid, rank = self._known[path]
        if first < 0:
            return KnownPath(path, _LEVELS[rank], oid=oid.decode())
        commit = self._commits[first]
        return KnownPath(path, _LEVELS[rank], commit.oid.decode(), authored(commit), oid.decode())

    def __contains__(self, path: object) -> bool:
        """Tell whether the path is known."""
        return path in self._known

    def __iter__(self) -> Iterator[str]:
        """Iterate over the paths."""
        return iter(self._known)

    def __len__(self) -> int:
        """Count the paths."""
        return len(self._known)


class Places(Mapping[str, tuple[Place, ...]]):
    """Places of content by oid or key; those of names (`path:<path>`) follow from the paths."""

    def __init__(
        self,
        found: Mapping[str, tuple[Place, ...]],
        paths: Mapping[str, KnownPath],
        refs: Callable[[], Iterable[tuple[str, Place]]] = lambda: (),
        steady: Collection[str] = (),
        late: Callable[[bytes], Sequence[Place]] = lambda _: (),
    ) -> None:
        """Join what was found with what follows; of what is steady, places are made by `late` when somebody asks."""
        self._found = found
        self._paths = paths
        self._refs_of = refs
        self._steady = steady
        self._late = late

    def __getitem__(self, key: str) -> tuple[Place, ...]:
        """Return the places of some content."""
        if key in self._steady:
            return tuple(self._late(key.encode()))
        if key.startswith("ref:"):
            return (self._refs[key],)
        if key in self._found or not key.startswith("path:"):
            return self._found[key]
        known = self._paths[key.removeprefix("path:")]
        return (Place(known.path, known.commit, known.authored, known.exposure),)

    @cached_property
    def _refs(self) -> dict[str, Place]:
        return dict(self._refs_of())

    def __contains__(self, key: object) -> bool:
        """Tell whether the places of some content are known."""
        if not isinstance(key, str):
            return False
        if key.startswith("ref:"):
            return key in self._refs
        return key in self._found or key in self._steady or (key.startswith("path:") and key.removeprefix("path:") in self._paths)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys."""
        yield from self._found
        yield from self._refs
        yield from (f"path:{path}" for path in self._paths)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._found) + len(self._refs) + len(self._paths)
