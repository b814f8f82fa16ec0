"""Where openness.yml is, at which commit, and what it and the files beside it say."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from auditor.audit.requests import read_in, read_requests
from auditor.config import Settings
from auditor.errors import ConfigurationError, UsageError
from auditor.model.openness_file import PLACES
from auditor.sources.layout import find, find_upwards
from auditor.sources.refs import read_refs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditor.model.policy import Policy

_OBJECT: Final = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_SHA256: Final = 64


@dataclass(frozen=True, slots=True)
class Place:
    """The folder whose openness.yml is written, and the commit that an answer is bound to; empty where there is none."""

    root: Path
    commit: str = ""

    @property
    def book(self) -> Path:
        """The published file: the one that is there, or the usual one."""
        return next((self.root / name for name in PLACES if (self.root / name).exists()), self.root / PLACES[0])


def locate(path: Path) -> Place:
    """Find the working tree and its commit; files are read, no git is started.

    Raises:
        UsageError: there is no folder, or nothing can be written in it.
        SourceError: the repository is damaged.
    """
    if not path.is_dir():
        msg = f"There is no folder {path}."
        raise UsageError(msg, hint="Name the repository with --repo.")
    path = path.resolve()
    layout = find(path) or find_upwards(path)
    if layout is None:
        return Place(path)
    if layout.worktree is None:
        msg = f"{path} is a bare copy without files, so openness.yml cannot be written there."
        raise UsageError(msg, hint="Answer in a clone, commit it, and audit the bare copy again.")
    head = None if layout.reftable else read_refs(layout).head
    return Place(layout.worktree, head.decode() if head else "")


def content(path: Path) -> bytes:
    """Return what a file holds that the user named.

    Raises:
        ConfigurationError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise ConfigurationError(msg, hint="Check the path and its permissions.") from None


def edited(path: Path, edit: Callable[[str], str]) -> str:
    """Return what an edit makes of a file, a missing one being empty; its line endings stay.

    Raises:
        ConfigurationError: the file cannot be read, or is not valid.
    """
    if path.exists() and not path.is_file():
        msg = f"{path} is no ordinary file."
        raise ConfigurationError(msg, hint="Remove it, and give the answer again.")
    try:
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError):
        msg = f"{path} cannot be read as UTF-8 text."
        raise ConfigurationError(msg, hint="Check its permissions and its encoding.") from None
    new = edit(text.replace("\r\n", "\n"))
    return new.replace("\n", "\r\n") if "\r\n" in text else new


def outside(path: Path, place: Place) -> Path:
    """Return the path of a private file.

    Raises:
        UsageError: it lies in the repository, and would be published with it.
    """
    whole = path.expanduser().absolute()
    if whole.resolve().is_relative_to(place.root.resolve()):
        msg = f"{path} lies in the repository, and would be published with it."
        raise UsageError(msg, hint="Keep the private part in a folder outside, and name it to `auditor scan --openness` too.")
    return whole


def policy_of(place: Place) -> Policy:
    """Return the policy by which the repository is judged when no other is named.

    Raises:
        ConfigurationError: its settings or its openness file are wrong.
    """
    return read_requests(partial(read_in, place.root), Settings(), frozenset()).policy


def looked_at(named: str, place: Place) -> tuple[str, str]:
    """Return object id and path of content that a person looked at, as the coverage of a report names it.

    Raises:
        UsageError: nothing of that name is there.
    """
    if _OBJECT.match(named) or named.startswith("file:"):
        return named, ""
    path = place.root / named
    if path.is_file() and not path.is_symlink():
        data = content(path)
        make = hashlib.sha256 if len(place.commit) == _SHA256 else hashlib.sha1
        return make(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest(), named
    if not path.exists():
        msg = "--content names neither an object id nor a path of this repository."
        raise UsageError(msg, hint="Copy the command from the report.")
    return "", named.rstrip("/")
