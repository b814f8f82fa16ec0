"""Small binary formats that hold names or plain members: folder settings of macOS, Unix archives (deb, static libraries)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Member, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget, Closed

_WIDE: Final = re.compile(rb"(?:\x00[\x20-\x7e]){4,}")
_AR_HEADER: Final = 60
_AR_SIZE: Final = slice(48, 58)
_AR_END: Final = b"`\n"


@container("ds_store", b"\x00\x00\x00\x01Bud1")
def open_ds_store(data: bytes, _budget: Budget) -> Iterator[Member | Closed]:
    """Yield the names of the files that a folder once held."""
    names = (match[0].decode("utf-16-be") for match in _WIDE.finditer(data))
    # A record ends with its kind, four or eight letters that belong to no name.
    yield Member("file names", "\n".join(dict.fromkeys(names)).encode())


@container("ar", b"!<arch>\n")
def open_ar(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the members."""
    offset = 8
    while offset + _AR_HEADER <= len(data):
        budget.member()
        header = data[offset : offset + _AR_HEADER]
        number = header[_AR_SIZE].strip()
        if not header.endswith(_AR_END) or not number.isdigit():
            raise CannotOpenError(Reason.BROKEN, "ar")
        size = int(number)
        content = data[offset + _AR_HEADER : offset + _AR_HEADER + size]
        budget.take(len(content))
        yield Member(header[:16].decode("latin-1").strip().rstrip("/") or "(names)", content)
        offset += _AR_HEADER + size + size % 2
