"""Text that every database takes: no NUL, no lone surrogate."""

from __future__ import annotations


def storable(text: str) -> str:
    r"""Return text as it can be stored; what no database takes shows as `\x00`."""
    return str(text).encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
