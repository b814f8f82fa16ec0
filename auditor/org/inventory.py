"""What a run is about: a list that somebody wrote, or what an account on GitHub has."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from auditor.errors import UsageError
from auditor.org.listing import excluded, read_list
from auditor.sources.mirrors import Access

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditor.audit.beside import Online
    from auditor.github.client import Client
    from auditor.github.inventory import Selection
    from auditor.model.forge import TextKind
    from auditor.model.organisation import ListedRepository, NotVisible

_SOON: Final = 1800
_MOST_PARTS: Final = 1000


def nobody(_: ListedRepository) -> Access | None:
    """Return no credential."""
    return None


@dataclass(frozen=True, slots=True)
class Inventory:
    """Its name in the store and on the page, its repositories, and what gives the credential for each.

    `online` asks the forge about one repository; None where there is no forge to ask. `asked` says what it is asked for and as
    whom: with other questions, reports are made anew.
    """

    scope: str
    title: str
    listed: tuple[ListedRepository, ...]
    selection: tuple[str, ...] = ()
    not_visible: tuple[NotVisible, ...] = ()
    access: Callable[[ListedRepository], Access | None] = nobody
    online: Callable[[ListedRepository], Online] | None = None
    asked: tuple[str, ...] = ()

    def part(self, text: str) -> Inventory:
        """Return one part of so many, written `3/20`: the same repositories in every run, for machines that share the work.

        Raises:
            UsageError: that is no part.
        """
        number, _, of = text.partition("/")
        if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= _MOST_PARTS):
            msg = f"There is no part {text!r}."
            raise UsageError(msg, hint="Write 3/20 for the third of twenty parts.")
        chosen = (one for one in self.listed if _place(one) % int(of) == int(number) - 1)
        return replace(self, listed=tuple(chosen), selection=(*self.selection, f"part {number} of {of}"))


def _place(listed: ListedRepository) -> int:
    return int.from_bytes(hashlib.sha256(listed.full_name.encode("utf-8", "backslashreplace")).digest()[:8], "big")


def of_list(source: Path, exclude: tuple[str, ...] = ()) -> Inventory:
    """Return the inventory that a list is.

    Raises:
        UsageError: the list cannot be read, or everything in it is left out.
    """
    listed = tuple(item for item in read_list(source) if not excluded(item, exclude))
    if not listed:
        msg = "Nothing is left of the list."
        raise UsageError(msg, hint="Leave out less with --exclude.")
    words = tuple(f"without {pattern}" for pattern in exclude)
    return Inventory(f"list:{source.resolve()}", f"Repositories of {source.name}", listed, words)


def of_github(client: Client, owner: str, selection: Selection, include: frozenset[TextKind] = frozenset()) -> Inventory:
    """Return what an account on GitHub has, and how to ask about each repository of it.

    Args:
        client: asks; used as long as the run lasts.
        owner: the account.
        selection: which repositories are wanted.
        include: what else becomes public and is to be read.

    Raises:
        UsageError: that is not the name of an account, or nothing of it is wanted.
        RemoteError: it cannot be listed.
    """
    from auditor.audit.asking import Asking  # noqa: PLC0415  PyGithub is slow to load, and lists do not need it
    from auditor.github.inventory import list_repositories  # noqa: PLC0415  as above

    not_visible: list[NotVisible] = []
    listed = tuple(list_repositories(client, owner, selection, not_visible=not_visible))
    if not listed:
        msg = f"There is nothing to look at in {owner}, as far as {client.access.how} can see."
        raise UsageError(msg, hint="Use fewer filters, or a token that sees more.")
    host = urlsplit(client.access.web).netloc
    ask = Asking(client, include)

    def online(one: ListedRepository) -> Online:
        return ask(one.full_name)

    scope, credential = f"{host}/{owner.lower()}", _Credential(client, host)
    asked = (client.access.kind, *sorted(include))
    return Inventory(scope, owner, listed, _words(selection), tuple(not_visible), credential, online, asked)


class _Credential:
    """The credential for git, asked for again before that of an App ends, which is after an hour."""

    def __init__(self, client: Client, host: str) -> None:
        """Ask for nothing yet."""
        self._client = client
        self._host = host
        self._held: Access | None = None
        self._since = 0.0

    def __call__(self, _: ListedRepository) -> Access | None:
        """Return what holds now; the same for every repository."""
        from auditor.github.installation import credential  # noqa: PLC0415  PyGithub is slow to load

        if self._held is None or time.monotonic() - self._since > _SOON:
            self._held, self._since = Access(self._host, credential(self._client.access)), time.monotonic()
        return self._held


def _words(selection: Selection) -> tuple[str, ...]:
    """Say which filters are set."""
    said = [f"topic {topic}" for topic in selection.topics] + ([f"team {selection.team}"] if selection.team else [])
    said += [f"visibility {selection.visibility.value}"] if selection.visibility else []
    said += [f"without {pattern}" for pattern in selection.exclude]
    return (*said, *([] if selection.archived is None else ["archived only" if selection.archived else "not archived"]))
