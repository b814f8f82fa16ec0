"""Programs: texts in UTF-16 between machine code, as .NET keeps connection strings, and an archive behind the program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.sources.containers import zips
from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import Member, NotThisError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget, Closed

_WIDE: Final = re.compile(rb"(?:[\x09\x20-\x7e]\x00){8,}")
_HEAD: Final = 1024


@container("program", b"MZ")
def open_program(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the wide texts, one a line, and what an archive at the end holds; narrow texts are scanned in place."""
    if b"\0" not in data[:_HEAD]:
        raise NotThisError
    joined = b"\n".join(found[0][::2] for found in _WIDE.finditer(data))
    if joined:
        budget.take(len(joined))
        yield Member("texts", joined)
    if zips.ends_as_zip(data):
        yield from zips.open_zip(data, budget)
