"""Zip and its relatives: jar, war, whl, apk, office documents. Names in an archive are names, never paths to write to."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from auditor.sources.containers import office
from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Closed, Member, NotThisError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget

_END = b"PK\x05\x06"
_ENTRY = b"PK\x01\x02"
_END_WITHIN = 66_000
_ENCRYPTED = 0x1


def _prefixed(head: bytes, size: int) -> bool:
    """Let programs through that may carry an archive behind them; whether they do, their end tells."""
    return size > len(_END) and (head.startswith(b"PK") or b"PK\x03\x04" in head or b"zipapp" in head)


def ends_as_zip(data: bytes) -> bool:
    """Tell whether content ends as an archive does, whatever it begins with."""
    return data.rfind(_END, max(0, len(data) - _END_WITHIN)) >= 0


@container("zip", b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"#!", sniff=_prefixed)
def open_zip(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the members of an archive, office documents as text."""
    if not data.startswith(b"PK") and not ends_as_zip(data):
        raise NotThisError
    if data.count(_ENTRY) > 5 * budget.limits.members:
        # Reading the directory alone would take more memory than the content is worth.
        raise CannotOpenError(Reason.MEMBERS)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except zipfile.BadZipFile:
        if data.startswith((b"MZ", b"#!")):
            raise NotThisError from None
        raise CannotOpenError(Reason.BROKEN, "zip") from None
    with archive:
        yield from _members(archive, budget)


def _members(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member | Closed]:
    """Read every member once, in the order of the directory; of a document first what later parts refer to."""
    document = office.Document(budget) if office.is_office(archive.NameToInfo) else None
    infos = archive.infolist()
    if document is not None:
        infos.sort(key=lambda info: info.filename not in office.FIRST)
    for info in infos:
        if info.is_dir():
            continue
        budget.member()
        if info.flag_bits & _ENCRYPTED:
            yield Closed(info.filename, Reason.ENCRYPTED.value)
            continue
        data, stop = _read(archive, info, budget)
        if data and document is not None and stop is None:
            yield from document.part(info.filename, data)
        elif data:
            yield Member(info.filename, data)
        if stop is not None:
            yield Closed(info.filename, str(stop))
            if stop.reason in {Reason.SIZE, Reason.TIME}:
                raise stop


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> tuple[bytes, CannotOpenError | None]:
    """Read one member as far as the bounds and its own state allow."""
    try:
        with archive.open(info) as stream:
            return budget.read(stream, info.compress_size)
    except NotImplementedError:
        return b"", CannotOpenError(Reason.UNSUPPORTED, f"zip method {info.compress_type}")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        return b"", CannotOpenError(Reason.BROKEN, "zip member")
