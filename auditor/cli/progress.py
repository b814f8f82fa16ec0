"""Progress on stderr, only where a person watches."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

if TYPE_CHECKING:
    from types import TracebackType

_MEGABYTE = 1_000_000
_EVERY = 0.1


class LiveProgress:
    """One line that says the phase, objects, MB/s and matches so far."""

    def __init__(self) -> None:
        """Draw on stderr, and only when something is told: a thread that draws would keep workers from starting as copies."""
        self._name = "Starting"
        self._total = self._objects = self._size = self._matches = 0
        self._since = time.monotonic()
        self._drawn = 0.0
        # It asks for the line at once.
        self._live = Live(console=Console(stderr=True), transient=True, auto_refresh=False, get_renderable=self._line)

    def __enter__(self) -> Self:
        """Start drawing."""
        self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Wipe the line."""
        self._live.stop()

    def phase(self, name: str, *, total: int = 0) -> None:
        """Begin a phase."""
        self._name, self._total, self._objects, self._size = name, total, 0, 0
        self._since = time.monotonic()
        self._live.refresh()

    def advance(self, *, objects: int = 0, size: int = 0, findings: int = 0) -> None:
        """Add what was done."""
        self._objects += objects
        self._size += size
        self._matches += findings
        if time.monotonic() - self._drawn > _EVERY:
            self._drawn = time.monotonic()
            self._live.refresh()

    def _line(self) -> Text:
        seconds = max(time.monotonic() - self._since, 0.001)
        parts = [self._name]
        if self._objects:
            parts.append(f"{self._objects:,} of {self._total:,} objects" if self._total else f"{self._objects:,} objects")
        if self._size:
            parts.append(f"{self._size / _MEGABYTE / seconds:,.0f} MB/s")
        if self._matches:
            parts.append(f"{self._matches:,} matches")
        return Text("  ".join(parts), style="dim", no_wrap=True, overflow="ellipsis")


def watched() -> bool:
    """Tell whether a person watches stderr."""
    return sys.stderr.isatty()
