"""Content to look at: once, however many commits and paths hold it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.model.coverage import Skipped


class Origin(StrEnum):
    """Where a piece of content comes from; it decides how a location is written."""

    BLOB = "blob"
    """An object of the object database."""
    FILE = "file"
    """A file of the working tree or of a plain folder whose content is not in the object database."""
    COMMIT = "commit"
    """A raw commit object: message, author and committer."""
    TAG = "tag"
    """A raw annotated tag object."""
    FILE_NAME = "file_name"
    """A path."""
    REF_NAME = "ref_name"
    """The name of a branch, tag or other ref."""
    CONFIG = "repository_config"
    """The repository's own configuration, which a copy of the folder would publish."""
    FORGE = "forge_text"
    """A text beside the repository on the forge: an issue, a comment, a log."""


@dataclass(frozen=True, slots=True)
class Blob:
    """One piece of content.

    `oid` is the object id, or for content outside the object database a stable key such as `file:<path>`.
    `container` is the way in, outermost first: `("word/comments.xml",)`; empty for the object itself.
    """

    oid: str
    size: int
    data: bytes
    origin: Origin = Origin.BLOB
    path: str | None = None
    container: tuple[str, ...] = ()


class Share(Protocol):
    """A part of the work that one worker reads on its own; picklable, opened in the worker.

    Sources implement it, the detection engine consumes it, and neither knows the other.
    """

    def items(self) -> Iterator[Blob | Skipped]:
        """Yield every piece of content of this share, and a `Skipped` for each that could not be read."""
        ...

    def facts(self) -> object:
        """Return what the share noted on the way (picklable), for the source that made it; called after `items` is exhausted."""
        ...
