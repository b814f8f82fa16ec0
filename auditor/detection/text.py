"""Which bytes are text, in which encoding, and on which line a place stands."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

_PROBE: Final = 4096
_WIDE_SHARE: Final = 0.4
_LEAST: Final = 8
_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONG_LINE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Text:
    """Content as it is scanned: UTF-8 or any one-byte encoding as it is, UTF-16 and UTF-32 turned into UTF-8 by `codec`."""

    data: bytes
    codec: str = ""
    skipped: int = 0
    has_lines: bool = True

    def original(self, place: int) -> int:
        """Return the place in the content before it was turned into UTF-8."""
        if not self.codec:
            return place
        return self.skipped + len(self.data[:place].decode("utf-8", "replace").encode(self.codec, "replace"))


def read(data: bytes) -> Text:
    """Find out how content is encoded."""
    if is_plain(data):
        return Text(data)
    if (codec := _four_bytes(data[:_PROBE])) is not None:
        skipped = 4 if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) else 0
        return Text(_narrow(data[skipped:], codec), codec, skipped)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not data.startswith(codecs.BOM_UTF32_LE):
        codec = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        return Text(_narrow(data[2:], codec), codec, 2)
    head = data[:_PROBE]
    half = len(head) // 2
    if half:
        # Latin script in UTF-16 has a NUL in nearly every other byte, on one side only.
        for codec, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
            if zeros.count(0) >= _WIDE_SHARE * half and others.count(0) <= zeros.count(0) // 16:
                return Text(_narrow(data, codec), codec)
    return Text(data, has_lines=False)


def is_plain(data: bytes) -> bool:
    """Tell whether content is scanned as it is, and has lines."""
    return data.find(b"\0", 0, _PROBE) < 0 and not data.startswith(_MARKS)


def _four_bytes(head: bytes) -> str | None:
    """Return the form of UTF-32 that content begins in: of every four bytes three are nearly always NUL, or two."""
    if head.startswith(codecs.BOM_UTF32_LE):
        return "utf-32-le"
    if head.startswith(codecs.BOM_UTF32_BE):
        return "utf-32-be"
    count = len(head) // 4
    if count < _LEAST or b"\0" not in head[:4]:
        return None
    zeros = [head[place : 4 * count : 4].count(0) for place in range(4)]
    if zeros[3] == zeros[2] == count and zeros[0] == 0:
        return "utf-32-le"
    return "utf-32-be" if zeros[0] == zeros[1] == count and zeros[3] == 0 else None


def _narrow(data: bytes, codec: str) -> bytes:
    return data[: len(data) & ~(3 if codec.startswith("utf-32") else 1)].decode(codec, "replace").encode("utf-8", "replace")


class Lines:
    """Lines and columns of one content; places are asked for mostly in order, so counting goes on from the last one."""

    __slots__ = ("_data", "_line", "_offset")

    def __init__(self, data: bytes) -> None:
        """Take content."""
        self._data = data
        self._offset = 0
        self._line = 0

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1; columns count characters."""
        start = self._data.rfind(b"\n", 0, offset) + 1
        piece = self._data[start:offset]
        column = len(piece) if len(piece) > _LONG_LINE else len(piece.decode("utf-8", "replace"))
        return self.number(offset) + 1, column + 1

    def number(self, offset: int) -> int:
        """Return the line of a place, from 0."""
        if offset < self._offset:
            self._offset = self._line = 0
        self._line += self._data.count(b"\n", self._offset, offset)
        self._offset = offset
        return self._line

    def around(self, offset: int, bound: int = 1000) -> tuple[bytes, bytes]:
        """Return the line of a place and the line above it, both cut to a bound."""
        start = self._data.rfind(b"\n", max(0, offset - bound), offset) + 1 or max(0, offset - bound)
        end = self._data.find(b"\n", offset, offset + bound)
        line = self._data[start : end if end >= 0 else offset + bound]
        if start == 0 or self._data[start - 1 : start] != b"\n":
            return line, b""
        above = self._data.rfind(b"\n", max(0, start - 1 - bound), start - 1) + 1 or max(0, start - 1 - bound)
        return line, self._data[above : start - 1]
