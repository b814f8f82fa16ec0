"""Git LFS: a pointer is not the content. Where the object was fetched, it is read; where it was not, that is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.sources.layout import read_regular

if TYPE_CHECKING:
    from pathlib import Path

POINTER: Final = b"version https://git-lfs.github.com/spec/"
POINTER_LIMIT: Final = 1024
_OID: Final = re.compile(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)


def fetched(store: Path | None, pointer: bytes, limit: int) -> bytes | None:
    """Return the object that a pointer names, from the repository's own store; None when it is not there or too large."""
    match = _OID.search(pointer)
    if store is None or match is None:
        return None
    name = match[1].decode()
    content = read_regular(store / name[:2] / name[2:4] / name, limit + 1)
    return content if content is not None and len(content) <= limit else None
