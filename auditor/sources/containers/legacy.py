"""Text of old Word and PowerPoint files, in the order in which people read it; the layouts are Microsoft's [MS-DOC] and [MS-PPT].

A search for readable characters would cut the text at every quotation mark, and lose a short word in a cell of a table.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD: Final = 0xA5EC
_FLAGS: Final = 0x0A
_ENCRYPTED: Final = 0x0100
_OTHER_TABLE: Final = 0x0200
_PIECES: Final = 0x01A2
_PIECE_TABLE: Final = 2
_PROPERTIES: Final = 1
_NARROW: Final = 0x4000_0000
_POSITION: Final = 0x3FFF_FFFF
_MARKS: Final = str.maketrans(
    {"\r": "\n", "\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x13": " ", "\x14": " ", "\x1e": "-", "\xa0": " "}
)
_DROPPED: Final = dict.fromkeys((*range(9), *range(14, 19), 0x15, 0x1F))

_HEADER: Final = struct.Struct("<HHI")
_WITHIN: Final = 0x0F
_WIDE_TEXT: Final = frozenset({0x0FA0, 0x0FBA})
_NARROW_TEXT: Final = 0x0FA8


def word_table(document: bytes) -> str | None:
    """Return the name of the stream that holds the order of the pieces, or none if this is no Word file of 1997 or later."""
    if len(document) < _PIECES + 8 or struct.unpack_from("<H", document)[0] != _WORD:
        return None
    return "1Table" if struct.unpack_from("<H", document, _FLAGS)[0] & _OTHER_TABLE else "0Table"


def is_encrypted(document: bytes) -> bool:
    """Tell whether a Word file keeps its text under a password."""
    return word_table(document) is not None and bool(struct.unpack_from("<H", document, _FLAGS)[0] & _ENCRYPTED)


def word_text(document: bytes, table: bytes) -> str:
    """Return the text: body, footnotes, headers, comments, endnotes and text boxes, one after the other.

    Raises:
        ValueError: the piece table does not fit.
    """
    try:
        pieces = _piece_table(table, *struct.unpack_from("<II", document, _PIECES))
        count = (len(pieces) - 4) // 12
        ends = struct.unpack_from(f"<{count + 1}I", pieces)
        places = [struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * number + 2)[0] for number in range(count)]
    except struct.error:
        message = "the piece table does not fit"
        raise ValueError(message) from None
    parts = [_piece(document, place, ends[number + 1] - ends[number]) for number, place in enumerate(places)]
    return "".join(parts).translate(_DROPPED | _MARKS)


def _piece_table(table: bytes, start: int, size: int) -> bytes:
    """Return the piece table, which follows properties of paragraphs."""
    end = min(start + size, len(table))
    while start < end:
        if table[start] == _PIECE_TABLE:
            start += 5
            length = struct.unpack_from("<I", table, start - 4)[0]
            if start + length > len(table):
                break
            return table[start : start + length]
        if table[start] != _PROPERTIES:
            break
        start += 3 + struct.unpack_from("<H", table, start + 1)[0]
    message = "no piece table"
    raise ValueError(message)


def _piece(document: bytes, place: int, length: int) -> str:
    """Return the characters of one piece: of one byte each, or of two."""
    start = place & _POSITION
    if length < 0:
        return ""
    if place & _NARROW:
        return document[start // 2 : start // 2 + length].decode("cp1252", "replace")
    return document[start : start + 2 * length].decode("utf-16-le", "replace")


def slide_texts(stream: bytes) -> Iterator[str]:
    """Yield the text of each box, note and comment of a PowerPoint stream, in the order of the file."""
    offset = 0
    while offset + _HEADER.size <= len(stream):
        version, kind, size = _HEADER.unpack_from(stream, offset)
        offset += _HEADER.size
        if version & _WITHIN == _WITHIN:
            continue
        body = stream[offset : offset + size]
        if kind in _WIDE_TEXT:
            yield body.decode("utf-16-le", "replace").translate(_MARKS)
        elif kind == _NARROW_TEXT:
            yield body.decode("latin-1").translate(_MARKS)
        offset += size
