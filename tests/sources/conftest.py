"""What the tests of this room share: reading a target to its end, as an audit does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from auditor.config import Settings
from auditor.model.coverage import GapKind, Skipped
from auditor.sources.target import open_target
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from auditor.model.blob import Blob
    from auditor.model.coverage import Coverage
    from auditor.model.provenance import History, Place
    from auditor.model.view import RepositoryView
    from auditor.sources.target import Source


@dataclass
class Reading:
    """Everything that one target gave."""

    source: Source
    blobs: list[Blob]
    skipped: list[Skipped]
    history: History
    names: list[Blob]
    by_data: dict[bytes, list[Blob]] = field(default_factory=lambda: defaultdict(list))

    def places(self, needle: bytes) -> list[Place]:
        """Return the places of all content that holds a text."""
        oids = {blob.oid: None for blob in self.blobs if needle in blob.data}
        return [place for oid in oids for place in self.history.places.get(oid, ())]

    def found(self, needle: bytes) -> list[Blob]:
        """Return the content that holds a text."""
        return [blob for blob in self.blobs if needle in blob.data]

    @property
    def coverage(self) -> Coverage:
        """What the source says of itself."""
        return self.source.coverage()

    @property
    def view(self) -> RepositoryView:
        """The view of the source."""
        return self.source.view()

    @property
    def all_skipped(self) -> list[Skipped]:
        """Everything that was not looked at."""
        return [*self.coverage.skipped, *map(self.history.locate, self.skipped), *self.history.skipped]

    @property
    def gaps(self) -> list[Skipped]:
        """The history gaps."""
        return [item for item in self.all_skipped if item.kind is GapKind.HISTORY]

    @property
    def opaque(self) -> list[Skipped]:
        """The opaque content."""
        return [item for item in self.all_skipped if item.kind is GapKind.OPAQUE]


def read(source: Source, workers: int = 1) -> Reading:
    """Read a source to its end; every oid is wanted."""
    blobs: list[Blob] = []
    skipped: list[Skipped] = []
    facts: list[object] = []
    for share in source.shares(workers):
        for item in share.items():
            (skipped if isinstance(item, Skipped) else blobs).append(item)  # type: ignore[arg-type]
        facts.append(share.facts())
    history = source.trace(facts, {blob.oid for blob in blobs})
    return Reading(source, blobs, skipped, history, [item for item in source.names().items() if not isinstance(item, Skipped)])


@pytest.fixture
def look() -> Iterator[Callable[..., Reading]]:
    """Open and read targets, and close them after the test."""
    opened: list[Source] = []

    def open_and_read(path: Path, settings: Settings | None = None, *, staged: bool = False, commits: str = "") -> Reading:
        source = open_target(path, settings or Settings(), staged=staged, commits=commits)
        opened.append(source)
        return read(source)

    yield open_and_read
    for source in opened:
        source.__exit__(None, None, None)


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """An empty repository."""
    return GitRepo.create(tmp_path / "repo")
