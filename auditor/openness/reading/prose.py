"""Documents as people read them: their sentences without markup, their headings.

The texts are strangers': each step looks at one line, or at a bounded stretch, so that none takes long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_IMAGE = re.compile(r"\[?!\[[^\]\n]{0,300}\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,200}\])\]?(?:\([^)\n]{0,500}\))?")
_LINK = re.compile(r"\[([^\][\n]{0,500})\]\([^)\n]{0,500}\)")
_TAG = re.compile(r"<[^<>\n]{1,300}>")
_REFERENCE = re.compile(r"^[ \t]{0,3}\[[^\]]{1,200}\]:[ \t]|^\.\. ")
_MARKED = re.compile(r"^ {0,3}(?:#{1,6}|={1,6})[ \t]+(\S.*)$")
_UNDERLINE = re.compile(r"^(?:=+|-{3,}|~{3,}|\^{3,})[ \t]*$")
_TITLE = re.compile(r"^[^\s`>|#=<-][^`>|]{1,100}$")
_FENCES = ("```", "~~~")
_LONGEST_LINE = 4_000
_WORDS = re.compile(r"[^\W_][\w'\u2019.-]*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its line."""

    text: str
    line: int


def _readable(text: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines that are neither code nor comment."""
    fence = ""
    comment = False
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw[:_LONGEST_LINE]
        mark = line.lstrip()[:3]
        if fence or mark in _FENCES:
            fence = "" if fence and mark == fence else fence or mark
            continue
        if comment:
            comment = "-->" not in line
            continue
        before, opened, after = line.partition("<!--")
        if opened:
            closed = after.partition("-->")
            comment = not closed[1]
            line = before + closed[2]
        yield number, line


def sentences_of(text: str) -> str:
    """Return what is left for reading when code, badges, links' addresses, headings and tags are gone."""
    found: list[str] = []
    titles = {heading.line for heading in headings(text)}
    for number, line in _readable(text):
        if number in titles or _UNDERLINE.match(line) or _REFERENCE.match(line):
            continue
        plain = _TAG.sub(" ", _LINK.sub(r"\1", _IMAGE.sub(" ", line)))
        found += _WORDS.findall(plain)
    return " ".join(found)


def headings(text: str) -> list[Heading]:
    """Return the headings of a Markdown, reStructuredText or AsciiDoc text."""
    found = []
    before = (0, "")
    for number, line in _readable(text):
        marked = _MARKED.match(line)
        if marked:
            found.append(_heading(marked[1], number))
        elif _UNDERLINE.match(line) and before[0] == number - 1 and _TITLE.match(before[1]):
            found.append(_heading(before[1], before[0]))
        before = (number, line)
    return found


def _heading(words: str, line: int) -> Heading:
    return Heading(_LINK.sub(r"\1", words.rstrip("#= \t")).strip(" *_`:"), line)


def section(text: str, pattern: re.Pattern[str]) -> Heading | None:
    """Return the first heading that matches."""
    return next((heading for heading in headings(text) if pattern.search(heading.text)), None)
