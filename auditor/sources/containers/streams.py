"""One compressed stream, or several behind each other: gzip, bzip2, xz and lzma, zstandard where Python brings it."""

from __future__ import annotations

import bz2
import importlib
import lzma
import zlib
from typing import TYPE_CHECKING, Final, Protocol

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Member, NotThisError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditor.sources.containers.budget import Budget, Closed

_CHUNK: Final = 256 * 1024
_PIECE: Final = 64 * 1024
_MEMORY: Final = 96 * 1024 * 1024
_NAME: Final = "content"
_LZMA_HEADER: Final = 13
_LZMA_MOST: Final = 1 << 40


class _Decompressor(Protocol):
    """What bz2, lzma and zstandard have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """The interface of the others over zlib, which keeps its unread input outside."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


@container("gzip", b"\x1f\x8b\x08")
def open_gzip(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the content of all members as one, under the name that the first one carries."""
    yield from _unpack(data, budget, _Gzip, b"\x1f\x8b", _gzip_name(data))


@container("bzip2", b"BZh")
def open_bzip2(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the content of all streams as one."""
    if data[4:10] not in {b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"}:
        raise NotThisError
    yield from _unpack(data, budget, bz2.BZ2Decompressor, b"BZh")


@container("xz", b"\xfd7zXZ\x00")
def open_xz(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the content of all streams as one; a dictionary larger than the bound on memory is refused."""
    yield from _unpack(data, budget, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY), b"\xfd7zXZ")


def _plausible(head: bytes, size: int) -> bool:
    """Look at the size that the header names: these formats begin with nothing more telling."""
    declared = int.from_bytes(head[5:_LZMA_HEADER], "little")
    return size > _LZMA_HEADER and (declared == (1 << 64) - 1 or 0 < declared < _LZMA_MOST) and head[1:3] == b"\x00\x00"


@container("lzma", b"\x5d\x00\x00", sniff=_plausible)
def open_lzma(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the content of the older format, which has no checksum: what does not unpack was something else."""
    decoder = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MEMORY)
    try:
        decoder.decompress(data[:_PIECE], 1)
    except lzma.LZMAError as error:
        if "memory" in str(error).lower():
            raise CannotOpenError(Reason.SIZE, "dictionary") from None
        raise NotThisError from None
    yield from _unpack(data, budget, lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MEMORY), b"\x5d\x00\x00")


@container("zstandard", b"\x28\xb5\x2f\xfd")
def open_zstandard(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the content where this Python can unpack it (3.14 and later)."""
    try:
        zstd = importlib.import_module("compression.zstd")
    except ImportError:
        raise CannotOpenError(Reason.UNSUPPORTED, "zstandard") from None
    yield from _unpack(data, budget, zstd.ZstdDecompressor, b"\x28\xb5\x2f\xfd")


def _gzip_name(data: bytes) -> str:
    """Return the file name in the header, if there is one."""
    has_extra, has_name = data[3] & 0x04, data[3] & 0x08
    if not has_name:
        return _NAME
    start = 10 + (2 + int.from_bytes(data[10:12], "little") if has_extra else 0)
    end = data.find(b"\x00", start, start + 1024)
    return data[start:end].decode("latin-1") if end > start else _NAME


def _unpack(
    data: bytes, budget: Budget, new: Callable[[], _Decompressor], again: bytes, name: str = _NAME
) -> Iterator[Member | Closed]:
    """Yield what came out until the end, a bound or damage; a further stream begins with `again`, other bytes are padding."""
    parts: list[bytes] = []
    stop: CannotOpenError | None = None
    try:
        parts.extend(_pieces(data, budget, new, again))
    except CannotOpenError as error:
        stop = error
    except (zlib.error, OSError, EOFError, ValueError):
        stop = CannotOpenError(Reason.BROKEN, "compressed stream")
    except lzma.LZMAError as error:
        large = "memory" in str(error).lower()
        stop = CannotOpenError(Reason.SIZE, "dictionary") if large else CannotOpenError(Reason.BROKEN, "compressed stream")
    if parts:
        yield Member(name, b"".join(parts))
    if stop is not None:
        raise stop


def _pieces(data: bytes, budget: Budget, new: Callable[[], _Decompressor], again: bytes) -> Iterator[bytes]:
    """Decompress in small steps, each counted."""
    gauge = budget.gauge(len(data))
    view = memoryview(data)
    offset = 0
    while view[offset : offset + len(again)] == again:
        budget.member()
        decoder = new()
        while not decoder.eof:
            feed = b""
            if decoder.needs_input:
                feed = bytes(view[offset : offset + _PIECE])
                offset += len(feed)
            part = decoder.decompress(feed, _CHUNK)
            if part:
                gauge.take(len(part))
                yield part
            elif not feed and decoder.needs_input:
                msg = "the stream ends early"
                raise EOFError(msg)
        offset -= len(decoder.unused_data)
        while offset < len(data) and view[offset] == 0:
            offset += 1
