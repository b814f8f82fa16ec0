"""Bounds of what is unpacked: one budget for all that one blob holds, however deep, so that nesting buys a bomb nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from auditor.config import Settings

_CHUNK = 256 * 1024
# Text that repeats itself compresses well: a ratio only says "bomb" once the output is large as well.
_RATIO_FLOOR = 16 * 1024 * 1024


class Reason(StrEnum):
    """Why content stayed closed to us, in the words that the coverage shows."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    UNSUPPORTED = "unsupported format"
    DEPTH = "nested too deep"
    SIZE = "more content than the bound allows"
    RATIO = "compressed more than the bound allows"
    MEMBERS = "more members than the bound allows"
    TIME = "took longer than the bound allows"
    CRASHED = "its reader failed"


class CannotOpenError(Exception):
    """A container, or the rest of it, stays closed; what came before it stands."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        """Say why, with the name of a format where that helps."""
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        """The reason as the coverage shows it."""
        return f"{self.reason.value} ({self.detail})" if self.detail else self.reason.value


class NotThisError(Exception):
    """The content only looked like this format, so there is nothing to report."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is unpacked from one blob. Sizes are bytes, times are seconds of our own work."""

    depth: int = 6
    bytes: int = 128 * 1024 * 1024
    members: int = 20_000
    seconds: float = 6.0
    ratio: int = 250

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Take the bounds from the settings."""
        return cls(
            depth=settings.container_depth,
            bytes=settings.container_bytes,
            members=settings.container_members,
            seconds=settings.container_seconds,
        )


@dataclass(frozen=True, slots=True)
class Member:
    """Content found inside; `name` is one step of the way in."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Closed:
    """A member that could not be opened, and why."""

    name: str
    reason: str


class Readable(Protocol):
    """A stream that gives so many bytes."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        ...


class Budget:
    """What is left of the limits while one blob is unpacked. The clock stands while the consumer works on what it got."""

    def __init__(self, limits: Limits) -> None:
        """Start with everything left and the clock running."""
        self.limits = limits
        self._bytes = limits.bytes
        self._members = limits.members
        self._used = 0.0
        self._since: float | None = time.monotonic()

    def pause(self) -> None:
        """Stop the clock."""
        if self._since is not None:
            self._used += time.monotonic() - self._since
            self._since = None

    def resume(self) -> None:
        """Let the clock run on."""
        if self._since is None:
            self._since = time.monotonic()

    @property
    def seconds_left(self) -> float:
        """Time that may still be spent."""
        running = 0.0 if self._since is None else time.monotonic() - self._since
        return self.limits.seconds - self._used - running

    @property
    def bytes_left(self) -> int:
        """Content that may still come out."""
        return self._bytes

    @property
    def members_left(self) -> int:
        """Members that may still come."""
        return max(0, self._members)

    def check(self) -> None:
        """Stop when the time is used up.

        Raises:
            CannotOpenError: no time is left.
        """
        if self.seconds_left <= 0:
            raise CannotOpenError(Reason.TIME)

    def member(self) -> None:
        """Count one member.

        Raises:
            CannotOpenError: no member or no time is left.
        """
        self._members -= 1
        if self._members < 0:
            raise CannotOpenError(Reason.MEMBERS)
        self.check()

    def take(self, size: int) -> None:
        """Count content that came out.

        Raises:
            CannotOpenError: less than that, or no time, is left.
        """
        self._bytes -= size
        if self._bytes < 0:
            self._bytes = 0
            raise CannotOpenError(Reason.SIZE)
        self.check()

    def gauge(self, packed: int) -> Gauge:
        """Return a counter for one stream that unpacks from so many bytes."""
        return Gauge(self, packed)

    def read(self, stream: Readable, packed: int) -> tuple[bytes, CannotOpenError | None]:
        """Read a stream that unpacks from `packed` bytes, as far as the bounds allow.

        Returns:
            What came out, and what stopped it where a bound was hit: the first part of a bomb is scanned all the same.
        """
        gauge = self.gauge(packed)
        parts: list[bytes] = []
        try:
            while part := stream.read(_CHUNK):
                parts.append(part)
                gauge.take(len(part))
        except CannotOpenError as stop:
            return b"".join(parts), stop
        return b"".join(parts), None


class Gauge:
    """Counts what comes out of one compressed stream, against the budget and against what went in."""

    def __init__(self, budget: Budget, packed: int) -> None:
        """Remember how much goes in."""
        self._budget = budget
        self._most = max(_RATIO_FLOOR, packed * budget.limits.ratio)
        self._out = 0

    def take(self, size: int) -> None:
        """Count output.

        Raises:
            CannotOpenError: a bound is hit.
        """
        self._budget.take(size)
        self._out += size
        if self._out > self._most:
            raise CannotOpenError(Reason.RATIO)
