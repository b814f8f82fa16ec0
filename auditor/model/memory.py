"""What an earlier run left behind, as the sources ask for it: which content needs no second look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any


@dataclass(frozen=True, slots=True)
class Kept:
    """What a source kept of its objects: a mark by which it will ask for what was found in them, and those that lay `aside`.

    The first sixteen bytes of the mark name the source, the others what it kept. What lies aside will be looked at again.
    """

    mark: bytes
    aside: frozenset[bytes]


class Memory(Protocol):
    """Implemented beside the cache, handed to the sources by the audit."""

    def settled(self, oids: Collection[bytes]) -> Collection[bytes]:
        """Return those objects whose content was scanned before, by the same rules and the same code."""
        ...

    def recall(self, oids: Collection[bytes]) -> None:
        """Hear which of them are not scanned again: what was found in them counts for this run."""
        ...

    def recalls(self, mark: bytes) -> bool:
        """Tell whether all that was found in the objects that were kept under this mark is known; it counts for this run then."""
        ...

    def kept(self) -> Collection[bytes]:
        """Return the objects of which everything that was found is kept, by this run or before."""
        ...

    def trusts(self, mark: bytes) -> bool:
        """Tell whether something was found sound before; the mark names it and the state it is in."""
        ...

    def trust(self, mark: bytes) -> None:
        """Remember that it is sound."""
        ...

    def noted(self, name: bytes) -> Mapping[str, Any] | None:
        """Return what a source noted under this name."""
        ...

    def note(self, name: bytes, facts: Mapping[str, Any]) -> None:
        """Keep facts, JSON or bytes, in the place of those of the same name. None of them may hold a value."""
        ...


class NoMemory:
    """Nothing was looked at before."""

    def settled(self, oids: Collection[bytes]) -> Collection[bytes]:  # noqa: ARG002  the protocol's
        """Return nothing."""
        return ()

    def recall(self, oids: Collection[bytes]) -> None:
        """Count nothing."""

    def recalls(self, mark: bytes) -> bool:  # noqa: ARG002  the protocol's
        """Nothing was kept."""
        return False

    def kept(self) -> Collection[bytes]:
        """Return nothing."""
        return ()

    def trusts(self, mark: bytes) -> bool:  # noqa: ARG002  the protocol's
        """Trust nothing."""
        return False

    def trust(self, mark: bytes) -> None:
        """Forget it."""

    def noted(self, name: bytes) -> Mapping[str, Any] | None:
        """Return nothing."""

    def note(self, name: bytes, facts: Mapping[str, Any]) -> None:
        """Forget them."""


NOTHING: Final[Memory] = NoMemory()
