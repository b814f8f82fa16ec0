"""Compiled Python: constants and names, read by a scan of our own, because unmarshalling hostile bytes can crash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.adapter import PYC_KEY, container
from auditor.sources.containers.budget import Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget, Closed

_FLAG: Final = 0x80
_SHORT: Final = frozenset(b"zZ")
_LONG: Final = frozenset(b"uatsA")
_CODE: Final = ord("c")
_HEADERS: Final = (16, 12, 8)
_LONGEST: Final = 1 << 24
_PRINTABLE: Final = re.compile(r"[^\x00-\x08\x0e-\x1f\x7f]+")


def _code(head: bytes, size: int) -> bool:
    """A code object follows the header, which grew twice over the years."""
    return size > _HEADERS[0] and any(head[at : at + 1] in {b"c", b"\xe3"} for at in _HEADERS)


@container("python bytecode", PYC_KEY, sniff=_code)
def open_pyc(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield every string of two characters or more in order, short ones in quotes: alone on a line they would read as headings."""
    lines: list[str] = []
    total = 0
    for text in _strings(data):
        total += len(text)
        lines.append(text if "\n" in text else f"'{text}'")
        if len(lines) % 10_000 == 0:
            budget.check()
    budget.take(total)
    if lines:
        yield Member("constants", "\n".join(lines).encode("utf-8", "surrogatepass"))


def _strings(data: bytes) -> Iterator[str]:
    """Find string objects by their type code and a length that fits; what is no string costs one step."""
    offset, size = _HEADERS[-1], len(data)
    while offset < size:
        kind = data[offset] & ~_FLAG
        if kind in _SHORT and offset + 1 < size:
            start, length = offset + 2, data[offset + 1]
        elif kind in _LONG:
            start, length = offset + 5, int.from_bytes(data[offset + 1 : offset + 5], "little")
        else:
            offset += 1
            continue
        text = _text(data[start : start + length]) if 1 < length < _LONGEST and start + length <= size else None
        if text is None:
            offset += 1
            continue
        yield text
        offset = start + length


def _text(raw: bytes) -> str | None:
    """Return a string that reads as text."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if _PRINTABLE.fullmatch(text) else None
