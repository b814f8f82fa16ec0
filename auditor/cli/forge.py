"""What `--github` reads before an audit begins: the only network that `scan` uses, and only because the user names it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from auditor.audit.beside import Online
from auditor.cli.lookup import near_hint
from auditor.config import cache_folder
from auditor.errors import UsageError
from auditor.github.access import access_from
from auditor.github.client import Client
from auditor.github.facts import Gatherer
from auditor.github.installation import credential, installed
from auditor.github.memory import NoMemory, StoredMemory
from auditor.github.texts import read_texts
from auditor.model.forge import ForgeTexts, Hidden, TextKind
from auditor.sources.mirrors import Access as GitAccess
from auditor.sources.wiki import read_wiki

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.config import Settings
    from auditor.github.access import Access
    from auditor.model.forge import ForgeFacts
    from auditor.model.progress import Progress


@dataclass(frozen=True, slots=True)
class Asked:
    """The options: which repository, what beside it, where GitHub is, and as whom."""

    repository: str = ""
    include: str = ""
    api_url: str = ""
    token_file: Path | None = None
    app_id: str = ""
    app_key: Path | None = None


def ask(asked: Asked, settings: Settings, progress: Progress) -> Online:
    """Ask GitHub.

    Raises:
        UsageError: an option is wrong, or no repository is named.
        RemoteError: the App is not installed on the account.
    """
    kinds = included(asked.include)
    if not asked.repository:
        msg = "It is not said which repository on GitHub is meant."
        raise UsageError(msg, hint="Name it with --github OWNER/NAME.")
    access = access_from(
        os.environ, api_url=asked.api_url, token_file=asked.token_file, app_id=asked.app_id, app_key_file=asked.app_key
    )
    access = installed(access, asked.repository.partition("/")[0])
    progress.phase("Asking GitHub")
    with Client(access, memory=StoredMemory(cache_folder(settings) / "github")) as client:
        facts = Gatherer(client).facts(asked.repository)
    return Online(facts, _texts(access, facts, kinds) if kinds else ForgeTexts())


def _texts(access: Access, facts: ForgeFacts, kinds: frozenset[TextKind]) -> ForgeTexts:
    """Read the texts; nothing of them is stored."""
    with Client(access, memory=NoMemory()) as client:
        found = read_texts(client, facts, kinds)
    shown = facts.settings
    if TextKind.WIKI not in kinds or (not isinstance(shown, Hidden) and not shown.wiki):
        return found
    address = f"{facts.page}.wiki.git"
    token = credential(access)
    wiki = read_wiki(address, GitAccess(urlsplit(address).netloc, token) if token else None)
    return ForgeTexts((*found.texts, *wiki.texts), (*found.unread, *wiki.unread))


def included(text: str) -> frozenset[TextKind]:
    """Read the list of what else is to be read.

    Raises:
        UsageError: there is no such thing.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    for word in words:
        if word not in list(TextKind):
            msg = f"--include {word} does not exist."
            raise UsageError(msg, hint=near_hint(word, list(TextKind), f"Choose from {', '.join(TextKind)}."))
    return frozenset(TextKind(word) for word in words)
