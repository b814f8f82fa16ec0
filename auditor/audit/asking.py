"""Everything that GitHub tells of a repository, read before its audit: answers for the checks, texts, and the wiki."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from auditor.audit.beside import Online
from auditor.errors import RemoteError
from auditor.github.facts import Gatherer
from auditor.github.installation import credential
from auditor.github.texts import read_texts
from auditor.model.forge import ForgeTexts, Hidden, TextKind
from auditor.sources.mirrors import Access
from auditor.sources.wiki import read_wiki

if TYPE_CHECKING:
    from auditor.github.client import Client
    from auditor.model.forge import ForgeFacts


class Asking:
    """Asks about one repository after the other; what belongs to their owner is asked once."""

    def __init__(self, client: Client, kinds: frozenset[TextKind] = frozenset()) -> None:
        """Begin.

        Args:
            client: asks.
            kinds: what else becomes public and is to be read.
        """
        self._client = client
        self._kinds = kinds
        self._gatherer = Gatherer(client)

    def __call__(self, full_name: str) -> Online:
        """Ask about `owner/name`. What is not told is part of the answer.

        Raises:
            UsageError: that is not the name of a repository.
        """
        lost = self._client.tally.lost
        facts = self._gatherer.facts(full_name)
        if not self._kinds:
            return Online(facts, provisional=self._client.tally.lost > lost)
        texts = read_texts(self._client, facts, self._kinds)
        wiki = self._wiki(facts)
        provisional = self._client.tally.lost > lost or bool(wiki.unread and not wiki.texts)
        return Online(facts, ForgeTexts((*texts.texts, *wiki.texts), (*texts.unread, *wiki.unread)), provisional)

    def _wiki(self, facts: ForgeFacts) -> ForgeTexts:
        off = not isinstance(facts.settings, Hidden) and not facts.settings.wiki
        if off or TextKind.WIKI not in self._kinds:
            return ForgeTexts()
        address = f"{facts.page}.wiki.git"
        try:
            token = credential(self._client.access)
        except RemoteError as error:
            return ForgeTexts(unread=(("wiki", error.message.rstrip(".")),))
        return read_wiki(address, Access(urlsplit(address).netloc, token) if token else None)
