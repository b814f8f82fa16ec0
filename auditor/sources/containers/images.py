"""What images say besides their pixels: text chunks, comments, EXIF with places and names, XMP.

The chunks are walked here, in a few microseconds for each file; only EXIF goes to the library, in the helper process.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from auditor.sources.containers import helper
from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Closed, Member, NotThisError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget

_EXIF: Final = b"Exif\x00\x00"
_TEXT_BOUND: Final = 8 * 1024 * 1024
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_LENGTHLESS: Final = {0x01, *range(0xD0, 0xD9)}
_START_OF_SCAN: Final = 0xDA
_COMMENT: Final = 0xFE
_APPLICATION: Final = range(0xE0, 0xF0)
_PHOTOSHOP: Final = 0xED


@container("png", b"\x89PNG\r\n\x1a\n")
def open_png(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield text chunks and EXIF; what follows the end of the image as well."""
    offset, size = 8, len(data)
    while offset + 12 <= size:
        length = int.from_bytes(data[offset : offset + 4], "big")
        kind = data[offset + 4 : offset + 8]
        if kind in {b"tEXt", b"zTXt", b"iTXt", b"eXIf"}:
            budget.member()
            yield from _png_chunk(kind, data[offset + 8 : offset + 8 + length], budget)
        offset += 12 + length
        if kind == b"IEND":
            if data[offset : offset + 4].strip(b"\x00"):
                yield Member("(after the image)", data[offset:])
            return


def _png_chunk(kind: bytes, body: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the text of one chunk."""
    if kind == b"eXIf":
        yield from _exif(body, budget)
        return
    key, _, rest = body.partition(b"\x00")
    label = f"{kind.decode()} {key.decode('latin-1')}"
    packed = kind == b"zTXt"
    if packed:
        rest = rest[1:]
    elif kind == b"iTXt":
        packed = rest[:1] == b"\x01"
        rest = rest[2:].split(b"\x00", 2)[-1]
    if packed:
        try:
            rest = zlib.decompressobj().decompress(rest, min(_TEXT_BOUND, budget.bytes_left + 1))
        except zlib.error:
            yield Closed(label, f"{Reason.BROKEN.value} (png)")
            return
    budget.take(len(rest))
    text = rest if kind == b"iTXt" else rest.decode("latin-1").encode()
    yield Member(label, key + b": " + text)


@container("jpeg", b"\xff\xd8\xff")
def open_jpeg(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield comments, EXIF, XMP and the captions of picture desks."""
    offset, size = 2, len(data)
    while offset + 4 <= size and data[offset] == 0xFF:  # noqa: PLR2004  every marker begins so
        marker = data[offset + 1]
        if marker == _START_OF_SCAN:
            return
        if marker in _LENGTHLESS:
            offset += 2
            continue
        length = int.from_bytes(data[offset + 2 : offset + 4], "big")
        body = data[offset + 4 : offset + 2 + length]
        if marker == _COMMENT:
            yield Member("comment", body)
        elif marker in _APPLICATION and body.startswith(_EXIF):
            yield from _exif(body[len(_EXIF) :], budget)
        elif marker in _APPLICATION and body.startswith(_XMP):
            yield Member("XMP", body[len(_XMP) :])
        elif marker == _PHOTOSHOP:
            yield Member("IPTC", body)
        offset += 2 + max(length, 2)


def _webp(head: bytes, _size: int) -> bool:
    """Tell WebP from sound and video in the same wrapping."""
    return head[8:12] == b"WEBP"


@container("webp", b"RIFF", sniff=_webp)
def open_webp(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield EXIF and XMP."""
    offset = 12
    while offset + 8 <= len(data):
        kind, length = data[offset : offset + 4], int.from_bytes(data[offset + 4 : offset + 8], "little")
        body = data[offset + 8 : offset + 8 + length]
        if kind == b"EXIF":
            yield from _exif(body.removeprefix(_EXIF), budget)
        elif kind == b"XMP ":
            yield Member("XMP", body)
        offset += 8 + length + length % 2


@container("tiff", b"II*\x00", b"MM\x00*")
def open_tiff(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the tags, which are those of EXIF."""
    yield from _exif(data, budget)


def _exif(block: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Let the helper read a block of EXIF; a damaged one loses nothing but itself."""
    try:
        yield from helper.read("exif", block, budget)
    except NotThisError:
        return
    except CannotOpenError as closed:
        yield Closed("EXIF", str(closed))
