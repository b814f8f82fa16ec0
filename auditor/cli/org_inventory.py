"""What `auditor org` is about: a list, or an account on GitHub with filters."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from auditor.cli.forge import Asked, included
from auditor.cli.options import settings_from
from auditor.config import cache_folder
from auditor.errors import UsageError
from auditor.github.access import access_from
from auditor.github.client import Client
from auditor.github.installation import installed
from auditor.github.inventory import Selection
from auditor.github.limits import OVERNIGHT
from auditor.github.memory import Memory, StoredMemory
from auditor.model.organisation import Visibility
from auditor.org.inventory import of_github, of_list
from auditor.sources.mirrors import Access as Credential

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditor.cli.options import Flags
    from auditor.org.inventory import Inventory

_A_WHILE: Final = 60
_VISIBLE: Final = (Visibility.PUBLIC, Visibility.INTERNAL, Visibility.PRIVATE)


@dataclass(frozen=True, slots=True)
class Which:
    """Which repositories: of a list, or filters for those of an account."""

    source: Path | None
    topics: tuple[str, ...]
    team: str
    visibility: str
    archived: bool | None
    exclude: tuple[str, ...]


@contextmanager
def inventory(asked: Asked, which: Which, flags: Flags) -> Iterator[Inventory]:
    """Find out what there is to look at; the connection to GitHub is kept as long as it is used.

    Raises:
        UsageError: the list or an option is wrong.
        RemoteError: GitHub does not list the account.
    """
    if which.source is not None:
        of_account = (which.topics, which.team, which.visibility, which.archived, asked.include, asked.app_id, asked.app_key)
        if any(of_account):
            msg = "A list says nothing of topics, teams and visibility, and an App is installed on an account."
            raise UsageError(msg, hint="Leave those options out, or name an organisation.")
        access = access_from(os.environ, api_url=asked.api_url, token_file=asked.token_file)
        credential = Credential(urlsplit(access.web).netloc, access.token) if access.token else None
        yield replace(of_list(which.source, which.exclude), access=lambda _: credential)
        return
    if which.visibility and which.visibility not in _VISIBLE:
        msg = f"There is no visibility {which.visibility!r}."
        raise UsageError(msg, hint=f"Choose one of {', '.join(_VISIBLE)}.")
    settings, _ = settings_from(flags)
    shown = Visibility(which.visibility) if which.visibility else None
    selection = Selection(which.topics, which.team, shown, which.archived, which.exclude, with_teams=True)
    access = access_from(
        os.environ, api_url=asked.api_url, token_file=asked.token_file, app_id=asked.app_id, app_key_file=asked.app_key
    )
    access = installed(access, asked.repository)
    memory = StoredMemory(cache_folder(settings) / "github") if settings.cache else Memory()
    with Client(access, memory=memory, patience=OVERNIGHT, hear=_waiting) as client:
        yield of_github(client, asked.repository, selection, included(asked.include))


def _waiting(reason: str, seconds: float) -> None:
    sys.stderr.write(f"GitHub: {reason}; waiting {seconds / 60:.0f} minutes.\n" if seconds > _A_WHILE else "")
