"""Texts beside the repository as content: what the forge shows and no clone holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.model.blob import Blob, Origin
from auditor.model.coverage import GapKind, Skipped
from auditor.model.levels import Exposure
from auditor.model.provenance import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from auditor.model.forge import ForgeText, ForgeTexts

_KEY: Final = "forge:"
_SHARE: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class TextShare:
    """Some texts, one piece of content for each."""

    texts: Sequence[ForgeText]

    def items(self) -> Iterator[Blob]:
        """Yield one blob for each text, under the key `forge:<name>`."""
        for text in self.texts:
            yield Blob(f"{_KEY}{text.name}", len(text.data), text.data, Origin.FORGE, text.name)

    def facts(self) -> object:
        """Return nothing: where these stand is known."""
        return None


def text_shares(texts: ForgeTexts) -> list[TextShare]:
    """Cut the texts into shares of a few megabytes."""
    shares, current, size = list[TextShare](), list["ForgeText"](), 0
    for text in texts.texts:
        current.append(text)
        size += len(text.data)
        if size >= _SHARE:
            shares.append(TextShare(tuple(current)))
            current, size = [], 0
    return [*shares, TextShare(tuple(current))] if current else shares


def text_places(texts: ForgeTexts) -> Mapping[str, tuple[Place, ...]]:
    """Return the place of every text."""
    return {f"{_KEY}{text.name}": (Place(text.name, None, text.authored, Exposure.FORGE),) for text in texts.texts}


def unread(texts: ForgeTexts) -> tuple[Skipped, ...]:
    """Return what could not be read: a person looks at it."""
    return tuple(Skipped(GapKind.OPAQUE, "text on the forge", reason, path=name) for name, reason in texts.unread)
