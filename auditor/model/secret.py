"""A value that must not leak by accident: every implicit way of turning it into text gives the mask."""

from __future__ import annotations

from typing import Any, Final, NoReturn

_LENGTH_CLASSES: Final = ((8, "short"), (24, "medium"), (64, "long"))


def length_class(length: int) -> str:
    """Name the length without giving it away: short (up to 8 characters), medium (24), long (64), very long."""
    return next((name for bound, name in _LENGTH_CLASSES if length <= bound), "very long")


def mask(value: str, *, public_prefix: str = "", show_length: bool = True) -> str:
    """Return what may be shown of a value: the public prefix of its format and a length class, nothing else."""
    if not show_length:
        return "****"
    return f"{public_prefix}**** ({length_class(len(value))})"


class Secret:
    """Wraps a found value; `reveal()` is the only way out, and the architecture test counts who calls it."""

    __slots__ = ("_value", "masked")

    def __init__(self, value: bytes, masked: str = "****") -> None:
        """Hold the raw bytes of the value and the mask that stands for it."""
        self._value = value
        self.masked = masked

    def reveal(self) -> bytes:
        """Return the raw bytes."""
        return self._value

    def stands_in(self, data: bytes) -> bool:
        """Tell whether content holds the value."""
        return bool(self._value) and self._value in data

    def blanked(self, text: str) -> str:
        """Return a text with the value taken out of it."""
        value = self._value.decode("utf-8", "surrogateescape")
        return text.replace(value, self.masked) if value else text

    def __repr__(self) -> str:
        """Show the mask."""
        return f"Secret({self.masked})"

    def __str__(self) -> str:
        """Show the mask."""
        return self.masked

    def __format__(self, spec: str) -> str:
        """Show the mask."""
        return format(self.masked, spec)

    def __reduce__(self) -> tuple[type[Secret], tuple[bytes, str]]:
        """Leave the value behind when pickled or copied."""
        return (Secret, (b"", self.masked))

    def __eq__(self, other: object) -> bool:
        """Compare values, for tests and merging inside a worker."""
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self._value)

    def __iter__(self) -> NoReturn:
        """Refuse to be taken apart."""
        msg = "a Secret cannot be iterated"
        raise TypeError(msg)

    def __getstate__(self) -> Any:  # noqa: ANN401  the protocol of copy and pickle has no narrower type
        """Leave the value behind."""
        return None
