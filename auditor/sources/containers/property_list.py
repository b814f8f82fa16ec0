"""Property lists of Apple's systems in their binary form: keys and values, which may be stored as UTF-16."""

from __future__ import annotations

import json
import plistlib
from typing import TYPE_CHECKING

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Member, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget, Closed


@container("property list", b"bplist00", isolated=True)
def open_property_list(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield it as JSON, which keeps names beside their values; data values follow as members of their own."""
    try:
        content = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    except (plistlib.InvalidFileException, ValueError, RecursionError):
        raise CannotOpenError(Reason.BROKEN, "property list") from None
    inner: list[bytes] = []

    def other(value: object) -> str:
        if isinstance(value, bytes):
            inner.append(value)
            return f"data {len(inner)}"
        return str(value)

    parts: list[bytes] = []
    try:
        # In steps: objects may be named many times, so that a few bytes can stand for billions.
        for step in json.JSONEncoder(default=other, indent=1, ensure_ascii=False).iterencode(content):
            parts.append(step.encode("utf-8", "surrogatepass"))
            budget.take(len(parts[-1]))
    except (TypeError, ValueError, RecursionError):
        raise CannotOpenError(Reason.BROKEN, "property list") from None
    yield Member("values", b"".join(parts))
    for number, value in enumerate(inner, 1):
        budget.member()
        budget.take(len(value))
        yield Member(f"data {number}", value)
