"""What kind of place a location is, by the way in that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from auditor.model.finding import Location

_NAMES_AND_MESSAGES: Final = (
    "commit message",
    "tag message",
    "file name",
    "ref name",
    "repository configuration",
    "text on the forge",
)
_ENCODINGS: Final = frozenset({"base64", "base64url", "base32", "base85", "hex", "percent", "url", "html", "unicode", "gzip"})


def is_name_or_message(place: Location) -> bool:
    """Tell whether it is a message, an author field or a name rather than the content of a file."""
    return place.path is None or place.container.startswith(_NAMES_AND_MESSAGES)


def is_member(place: Location) -> bool:
    """Tell whether it is inside another file: a member of an archive, a part of a document, the output of a notebook."""
    if not place.container or is_name_or_message(place):
        return False
    return not all(part.strip().split(" ")[0] in _ENCODINGS for part in place.container.split(">"))
