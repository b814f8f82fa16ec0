"""Which licence a text is, from its words: never from its file name alone.

A text is compared by the runs of words that it shares with each licence text of the `identify` library, so a file may
hold two licences, a title, a copyright line or markup. The Open Government Licence is in no such library; its own
operative phrases tell it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from identify.vendor.licenses import LICENSES

_WORD = re.compile(r"[a-z0-9]+")
_RUN = 4
_WHOLE = 0.88
_OWN = 0.35
_SHORT = 30
_EXTRA = 25

_OGL_OPERATIVE = (
    "copy publish distribute and transmit the information",
    "adapt the information",
    "exploit the information commercially",
)
_OGL_TITLE = "open government licence"
_OGL_VERSION = re.compile(r"open-government-licence/version/(\d)|open government licence (?:v|version )(\d)")
_PUBLIC_DOMAIN = re.compile(
    r"(?:in the )?public domain within the united states|not subject to (?:domestic )?copyright.{0,80}17 u ?s ?c", re.DOTALL
)
_NAMED = (
    ("MIT", re.compile(r"\bmit licen[cs]e|licen[cs]e:? ?mit\b|\bx11 licen[cs]e")),
    ("Apache-2.0", re.compile(r"\bapache(?: software)? licen[cs]e,? version 2|\bapache licen[cs]e 2|\bapache-2\.0")),
    ("AGPL-3.0", re.compile(r"\baffero general public licen[cs]e|\bagpl-?3")),
    ("LGPL-3.0", re.compile(r"\blesser general public licen[cs]e[^.]{0,60}version 3")),
    ("GPL-3.0", re.compile(r"(?<!affero )(?<!lesser )general public licen[cs]e[^.]{0,60}(?:version 3|v3)|\bgpl-?3")),
    ("GPL-2.0", re.compile(r"(?<!affero )(?<!lesser )general public licen[cs]e[^.]{0,60}(?:version 2|v2)|\bgpl-?2")),
    ("EUPL-1.2", re.compile(r"\beupl\b[^.]{0,30}1\.2|european union public licen[cs]e[^.]{0,30}1\.2")),
    ("MPL-2.0", re.compile(r"\bmozilla public licen[cs]e[^.]{0,20}2")),
    ("BSD-3-Clause", re.compile(r"\bbsd[- ]3|3-clause bsd|new bsd licen[cs]e")),
    ("BSD-2-Clause", re.compile(r"\bbsd[- ]2|2-clause bsd")),
    ("CC0-1.0", re.compile(r"\bcc0\b")),
    ("CC-BY-4.0", re.compile(r"\bcc[- ]by[- ]4|creative commons attribution 4")),
    ("OGL-UK-3.0", re.compile(r"\bopen government licen[cs]e|\bogl\b")),
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a licence file holds: SPDX ids whose full text is there, ids only named, and how many words belong to none."""

    full: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    words: int = 0
    other_words: int = 0

    @property
    def has_additions(self) -> bool:
        """True when there is more text than titles and copyright lines explain."""
        return bool(self.full) and self.other_words > _EXTRA


def words(text: str) -> list[str]:
    """Return the words of a text, without markup, case and line breaks."""
    return _WORD.findall(text.lower())


def _runs(tokens: list[str]) -> set[tuple[str, ...]]:
    return {tuple(tokens[at : at + _RUN]) for at in range(len(tokens) - _RUN + 1)}


@cache
def known_texts() -> tuple[tuple[str, frozenset[tuple[str, ...]]], ...]:
    """The library's texts as runs of words, longest first: a licence that contains another is tried before it."""
    texts = [(spdx, frozenset(_runs(words(text)))) for spdx, text in LICENSES]
    return tuple(sorted(texts, key=lambda item: -len(item[1])))


def recognise(text: str) -> Recognised:
    """Say which licences a text holds in full, and which it only names."""
    tokens = words(text)
    mine = _runs(tokens)
    shares = [(len(runs & mine) / len(runs), spdx, runs) for spdx, runs in known_texts()]
    full: list[str] = []
    claimed: set[tuple[str, ...]] = set()
    for share, spdx, runs in sorted(shares, key=lambda item: -item[0]):
        own = runs - claimed
        if share >= _WHOLE and len(own) >= _OWN * len(runs):
            full.append(spdx)
            claimed |= runs
    plain = " ".join(tokens)
    ogl = _ogl(text, plain)
    if ogl:
        full.append(ogl)
    other = _unclaimed(tokens, claimed) if not ogl else 0
    lowered = text.lower()
    named = tuple(spdx for spdx, pattern in _NAMED if spdx not in full and pattern.search(lowered))
    if "CC0-1.0" in named and _PUBLIC_DOMAIN.search(plain):
        full.append("CC0-1.0")
        named = tuple(spdx for spdx in named if spdx != "CC0-1.0")
        other = 0
    return Recognised(tuple(full), named, len(tokens), other)


def _ogl(text: str, plain: str) -> str:
    """The Open Government Licence is known by its title and two of its three permissions."""
    if _OGL_TITLE not in plain or sum(phrase in plain for phrase in _OGL_OPERATIVE) < len(_OGL_OPERATIVE) - 1:
        return ""
    version = _OGL_VERSION.search(text.lower())
    number = next((group for group in version.groups() if group), "3") if version else "3"
    return f"OGL-UK-{number}.0"


def _unclaimed(tokens: list[str], claimed: set[tuple[str, ...]]) -> int:
    """Count the words that stand in no run of a recognised licence."""
    covered = [False] * len(tokens)
    for at in range(len(tokens) - _RUN + 1):
        if tuple(tokens[at : at + _RUN]) in claimed:
            covered[at : at + _RUN] = [True] * _RUN
    return covered.count(False)
