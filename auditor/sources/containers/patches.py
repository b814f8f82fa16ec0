"""Patches: their text is scanned as it is; binary files in them travel compressed and in base 85."""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Closed, Member, NotThisError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget

_MARK: Final = b"GIT binary patch"
_STARTS: Final = re.compile(rb"diff --git |From [0-9a-f]{40} |Index: |--- \S")
_FILE: Final = re.compile(rb"^diff --git a/(.*?) b/", re.MULTILINE)
_LITERAL: Final = re.compile(rb"^literal (\d+)\r?\n((?:[A-Za-z][^\s]{5,80}\r?\n)+)", re.MULTILINE)
_LOWER: Final = ord("a")


def _looks(head: bytes, _size: int) -> bool:
    """Look at the first line."""
    return _STARTS.match(head) is not None


@container("patch", b"di", b"Fr", b"In", b"--", sniff=_looks)
def open_patch(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the binary files that a patch brings or takes away whole."""
    if _MARK not in data:
        raise NotThisError
    names = [(match.start(), match[1].decode("utf-8", "replace")) for match in _FILE.finditer(data)]
    at, name = 0, "binary file"
    for match in _LITERAL.finditer(data):
        budget.member()
        while at < len(names) and names[at][0] < match.start():
            name = names[at][1]
            at += 1
        try:
            content = _decode(match[2], int(match[1]), budget)
        except (ValueError, zlib.error):
            yield Closed(name, f"{Reason.BROKEN.value} (patch)")
            continue
        if content:
            yield Member(name, content)


def _decode(lines: bytes, size: int, budget: Budget) -> bytes:
    """Undo base 85, whose lines begin with their length, and the compression."""
    packed = bytearray()
    for line in lines.split():
        first = line[0]
        length = first - _LOWER + 27 if first >= _LOWER else first - ord("A") + 1
        packed += base64.b85decode(line[1:])[:length]
    if size > budget.bytes_left:
        raise CannotOpenError(Reason.SIZE)
    content = zlib.decompressobj().decompress(bytes(packed), max(1, size))
    budget.take(len(content))
    return content
