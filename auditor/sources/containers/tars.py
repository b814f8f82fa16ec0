"""Tar archives. Links, devices and owners are text in the listing; nothing is ever written to disk."""

from __future__ import annotations

import tarfile
from io import BytesIO
from typing import TYPE_CHECKING

from auditor.sources.containers.adapter import OLD_TAR_KEY, TAR_KEY, container
from auditor.sources.containers.budget import CannotOpenError, Closed, Member, NotThisError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget

_LISTING = "(headers)"
_USUAL_OWNERS = {"", "root", "wheel", "staff"}
_CHECKSUM = slice(148, 156)
_KIND = slice(156, 157)
_OLD_KINDS = frozenset({b"\x00", b"0", b"1", b"2", b"5"})
_OLD_END = 257


def _old(head: bytes, size: int) -> bool:
    """Tell the first header of a tar without `ustar` (Unix V7 and its kin) by its checksum: nothing else is fixed in it."""
    if size < tarfile.BLOCKSIZE or head[_KIND] not in _OLD_KINDS or not head[0] or any(head[_OLD_END:]):
        return False
    digits = head[_CHECKSUM].strip(b" \x00")
    if not digits or not digits.isdigit() or digits.strip(b"01234567"):
        return False
    return int(digits, 8) == sum(head[:_OLD_END]) - sum(head[_CHECKSUM]) + len(head[_CHECKSUM]) * ord(" ")


@container("old tar", OLD_TAR_KEY, sniff=_old, covers=True)
@container("tar", TAR_KEY, covers=True)
def open_tar(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the files, then names, link targets, owners and extended headers as one text."""
    listing: list[str] = []
    offset = 0
    try:
        with tarfile.open(fileobj=BytesIO(data), mode="r:", errorlevel=0) as archive:
            for info in archive:
                budget.member()
                listing.append(_describe(info))
                if info.isreg():
                    yield from _read(archive, info, budget)
            offset = archive.offset
    except (tarfile.TarError, EOFError, OSError, ValueError):
        if not listing:
            raise NotThisError from None
        raise CannotOpenError(Reason.BROKEN, "tar") from None
    if not _ended(data, offset):
        yield Closed(_LISTING, f"{Reason.BROKEN.value} (tar)")
    yield Member(_LISTING, "\n".join(listing).encode("utf-8", "surrogateescape"))


def _read(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> Iterator[Member | Closed]:
    """Yield one file; a sparse one counts with the holes that it opens into."""
    stream = archive.extractfile(info)
    if stream is None:
        return
    with stream:
        content, stop = budget.read(stream, info.size if not info.issparse() else 0)
    if content:
        yield Member(info.name, content)
    if stop is not None:
        raise stop
    if len(content) < info.size:
        yield Closed(info.name, f"{Reason.BROKEN.value} (tar)")


def _describe(info: tarfile.TarInfo) -> str:
    """Write on one line whatever text a header carries besides the content."""
    parts = [info.name]
    if info.linkname:
        parts.append(f"-> {info.linkname}")
    parts += [owner for owner in (info.uname, info.gname) if owner not in _USUAL_OWNERS]
    parts += [f"{key}={value}" for key, value in info.pax_headers.items() if key not in {"path", "linkpath"}]
    return " ".join(parts)


def _ended(data: bytes, offset: int) -> bool:
    """Tell whether reading came to the end: what follows the last file is nothing but padding."""
    rest = memoryview(data)[offset : offset + 64 * tarfile.BLOCKSIZE]
    return not any(rest)
