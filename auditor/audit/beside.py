"""What the forge adds to an audit: its answers for the checks, and the texts that become public with the repository."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from auditor.findings.names import blank
from auditor.model.forge import ForgeTexts
from auditor.model.levels import Confidence
from auditor.model.progress import NoProgress
from auditor.sources.forge_texts import TextShare, text_places, text_shares, unread
from auditor.sources.text_objects import NameShare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditor.detection.engine import Engine
    from auditor.model.coverage import Skipped
    from auditor.model.finding import Match, Span
    from auditor.model.forge import ForgeFacts
    from auditor.model.progress import Progress
    from auditor.model.provenance import Place


@dataclass(frozen=True, slots=True)
class Online:
    """What was read from the forge before the audit began; the audit itself reaches no network.

    `provisional` says that some of it failed for a reason that passes, so that it is worth asking again.
    """

    facts: ForgeFacts | None = None
    texts: ForgeTexts = field(default_factory=ForgeTexts)
    provisional: bool = False

    @property
    def defaults(self) -> Mapping[str, str]:
        """The files that the organisation gives to all its repositories."""
        found = self.facts.defaults if self.facts else ()
        return dict(found) if isinstance(found, tuple) else {}

    @property
    def share(self) -> TextShare:
        """All texts, to be read again."""
        return TextShare(self.texts.texts)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know: each thing that was asked for and not shown."""
        missing = self.facts.not_visible if self.facts else ()
        return tuple(
            f"GitHub does not show {one.what}: {f'the token lacks {one.permission}' if one.permission else one.reason}."
            for one in missing
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """What was found in the texts, where each stands, and what could not be read."""

    matches: tuple[Match, ...]
    places: Mapping[str, tuple[Place, ...]]
    skipped: tuple[Skipped, ...]


def look_beside(online: Online, engine: Engine, progress: Progress) -> Beside:
    """Scan the texts with the rules that the files are scanned with."""
    if not (online.texts.texts or online.texts.unread):
        return Beside((), {}, ())
    progress.phase("Reading texts on the forge")
    texts = _shown(online.texts, engine)
    seen = engine.scan(text_shares(texts), progress)
    return Beside(tuple(seen.matches), text_places(texts), (*unread(texts), *seen.skipped))


def _shown(texts: ForgeTexts, engine: Engine) -> ForgeTexts:
    """Take values out of names, such as those of wiki pages; what such a name says is then read as the text's first line."""
    names = dict.fromkeys([*(text.name for text in texts.texts), *(name for name, _ in texts.unread)])
    spans: dict[str, list[Span]] = {}
    for match in engine.scan([NameShare(tuple(names), ())], NoProgress()).matches:
        if match.confidence is not Confidence.LOW and match.masked and match.path:
            spans.setdefault(match.path, []).append(match.span)
    if not spans:
        return texts
    safe = {name: blank(name, where) for name, where in spans.items()}
    return ForgeTexts(
        tuple(
            replace(text, name=safe[text.name], data=f"{text.name}\n\n".encode("utf-8", "replace") + text.data)
            if text.name in safe
            else text
            for text in texts.texts
        ),
        tuple((safe.get(name, name), reason) for name, reason in texts.unread),
    )
