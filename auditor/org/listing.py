"""`--from FILE`: addresses or local paths, one a line."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from auditor.errors import SourceError, UsageError
from auditor.model.organisation import ListedRepository
from auditor.sources.mirrors import checked_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST: Final = 50_000_000


def read_list(path: Path) -> tuple[ListedRepository, ...]:
    """Read a list. Relative paths start at the folder of the list; empty lines and those that begin with `#` are left out.

    Raises:
        UsageError: the list cannot be read or is empty, or a line is neither an address nor a path. No line is repeated in
            the message, as it may hold a password.
    """
    try:
        if path.stat().st_size > _LONGEST:
            msg = f"The list {path} is too long."
            raise UsageError(msg, hint="Split it.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"The list {path} cannot be read: {getattr(error, 'strerror', None) or 'it is no text'}."
        raise UsageError(msg, hint="Name a text file with one address or local path a line.") from None
    found = {listed.full_name: listed for listed in _lines(path, text)}
    if not found:
        msg = f"The list {path} names no repository."
        raise UsageError(msg, hint="Write one address or local path a line.")
    return tuple(found.values())


def _lines(path: Path, text: str) -> Iterator[ListedRepository]:
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        try:
            yield _listed(line, path.parent)
        except SourceError as error:
            msg = f"Line {number} of {path}: {error.message}"
            raise UsageError(msg, hint=error.hint) from None


def _listed(line: str, folder: Path) -> ListedRepository:
    if "://" not in line and not line.startswith("-") and "::" not in line and not _like_ssh(line):
        place = folder / Path(line).expanduser()
        return ListedRepository(full_name=line.rstrip("/") or "/", clone_url=str(place))
    address = checked_address(line)
    parts = urlsplit(address)
    short = parts.path.strip("/").removesuffix(".git")
    return ListedRepository(full_name=f"{parts.netloc}/{short}", clone_url=address, web_url=address.removesuffix(".git"))


def _like_ssh(line: str) -> bool:
    """Tell whether a line is `user@host:path`, which git would hand to ssh."""
    before, colon, _ = line.partition(":")
    return bool(colon) and "@" in before and "/" not in before


def excluded(listed: ListedRepository, patterns: Iterable[str]) -> bool:
    """Tell whether a name, or its last part, is one of the patterns, in which `*` stands for any part."""
    name = listed.full_name.lower()
    return any(fnmatchcase(form, pattern.lower()) for pattern in patterns for form in (name, name.rpartition("/")[2]))
