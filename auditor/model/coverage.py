"""What was looked at, and everything that was not, with its reason: "could not look" is never "clean"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum


class GapKind(StrEnum):
    """The two kinds of not having looked."""

    HISTORY = "history"
    """Part of the history is not here: shallow, partial, missing or corrupt objects, grafts. Forces `cannot_tell`."""
    OPAQUE = "opaque"
    """Content is here but closed to us: encrypted, LFS, submodule, unsupported, a bound hit, timed out. A person reviews it."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """One thing that was not looked at.

    `what` names the sort of thing ("blob", "archive member", "submodule"), `reason` says why in a few words,
    `oid` and `path` say which one, where they are known; `in_tip` tells whether the tip's tree holds it.
    """

    kind: GapKind
    what: str
    reason: str
    oid: str = ""
    path: str = ""
    container: tuple[str, ...] = ()
    in_tip: bool = False


@dataclass(frozen=True, slots=True)
class SkippedGroup:
    """Things left out for the same reason."""

    kind: GapKind
    what: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was read: counts of refs, commits and blobs, content in bytes, and what was left out."""

    refs: int = 0
    commits: int = 0
    blobs: int = 0
    bytes: int = 0
    files: int = 0
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True when there is no history gap."""
        return not any(s.kind is GapKind.HISTORY for s in self.skipped)

    @property
    def tip_complete(self) -> bool:
        """True when no history gap lies in the tip's tree."""
        return not any(s.kind is GapKind.HISTORY and s.in_tip for s in self.skipped)

    @property
    def opaque(self) -> tuple[Skipped, ...]:
        """Content that a person has to look at."""
        return tuple(s for s in self.skipped if s.kind is GapKind.OPAQUE)

    @property
    def groups(self) -> tuple[SkippedGroup, ...]:
        """The left out things by kind and reason, most first."""
        counts = Counter((s.kind, s.what, s.reason) for s in self.skipped)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(SkippedGroup(*key, count) for key, count in ordered)
