"""Small readers of answers: each takes what the API describes, and raises where it is something else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from auditor.model.organisation import Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping


def moment(text: object) -> datetime | None:
    """Read a time as the API writes it."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def visibility_of(answer: Mapping[str, Any]) -> Visibility:
    """Read who may see a repository; older servers say only whether it is private."""
    word = answer.get("visibility")
    if word in list(Visibility):
        return Visibility(word)
    if answer.get("private") is None:
        return Visibility.UNKNOWN
    return Visibility.PRIVATE if answer["private"] else Visibility.PUBLIC


def host_of(address: object) -> str:
    """Return the host of an address, and nothing else of it: the rest may be a credential."""
    try:
        return urlsplit(str(address)).hostname or ""
    except ValueError:
        return ""


def true(_: Any) -> bool:  # noqa: ANN401  JSON
    """Keep only that there was an answer."""
    return True


def total(answer: Any) -> int:  # noqa: ANN401  JSON
    """Keep the count of a list."""
    return int(answer["total_count"])


def name(one: Any) -> str:  # noqa: ANN401  JSON
    """Keep a name."""
    return str(one["name"])
