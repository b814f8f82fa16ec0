"""What an earlier run left behind, as the sources ask for it: which content needs no second look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any


class Memory(Protocol):
    """Implemented beside the cache, handed to the sources by the audit."""

    def settled(self, oids: Collection[bytes]) -> Collection[bytes]:
        """Return those objects whose content was scanned before, by the same rules and the same code."""
        ...

    def recall(self, oids: Collection[bytes]) -> None:
        """Hear which of them are not scanned again: what was found in them counts for this run."""
        ...

    def trusts(self, mark: bytes) -> bool:
        """Tell whether something was found sound before; the mark names it and the state it is in."""
        ...

    def trust(self, mark: bytes) -> None:
        """Remember that it is sound."""
        ...

    def history(self, place: bytes) -> Mapping[str, Any] | None:
        """Return what was kept of the history at this place."""
        ...

    def keep_history(self, place: bytes, found: Mapping[str, Any]) -> None:
        """Keep it, as JSON holds it, in the place of what was kept before."""
        ...


class NoMemory:
    """Nothing was looked at before."""

    def settled(self, oids: Collection[bytes]) -> Collection[bytes]:  # noqa: ARG002  the protocol's
        """Return nothing."""
        return ()

    def recall(self, oids: Collection[bytes]) -> None:
        """Count nothing."""

    def trusts(self, mark: bytes) -> bool:  # noqa: ARG002  the protocol's
        """Trust nothing."""
        return False

    def trust(self, mark: bytes) -> None:
        """Forget it."""

    def history(self, place: bytes) -> Mapping[str, Any] | None:
        """Return nothing."""

    def keep_history(self, place: bytes, found: Mapping[str, Any]) -> None:
        """Forget it."""


NOTHING: Final[Memory] = NoMemory()
