"""The observer that the audit tells how far it is; the default hears nothing."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a surface may show while the audit runs."""

    def phase(self, name: str, *, total: int = 0) -> None:
        """Say that a phase begins; `total` is its number of objects, 0 where unknown."""
        ...

    def advance(self, *, objects: int = 0, size: int = 0, findings: int = 0) -> None:
        """Add what was done since the last call: objects, bytes of content, matches."""
        ...


class NoProgress:
    """Hears nothing."""

    def phase(self, name: str, *, total: int = 0) -> None:
        """Ignore it."""

    def advance(self, *, objects: int = 0, size: int = 0, findings: int = 0) -> None:
        """Ignore it."""
