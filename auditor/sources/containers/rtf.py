"""Rich text: the text as a reader sees it, joined over runs; beside it what is not shown, and what is embedded.

A word processor cuts a password into runs with control words between them, and writes everything beyond ASCII as an escape, so
the raw file holds the words only by luck.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget, Closed

_TOKEN: Final = re.compile(
    rb"\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<byte>[0-9A-Fa-f]{2})|(?P<sign>[^A-Za-z']))"
    rb"|(?P<group>[{}])|(?P<text>[^\\{}\r\n]+)"
)
_BREAKS: Final = {"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t", "nestcell": "\t"}
_SIGNS: Final = {"emdash": "\u2014", "endash": "\u2013", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c"}
_MARKS: Final = _BREAKS | _SIGNS | {"rdblquote": "\u201d", "bullet": "\u2022", "emspace": " ", "enspace": " "}
_SHOWN: Final = {b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}"}
_NO_TEXT: Final = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "latentstyles", "themedata", "blipuid"}
)
_ASIDE: Final = frozenset(
    {"info", "title", "subject", "author", "manager", "company", "operator", "category", "keywords", "comment", "doccomm"}
) | frozenset({"hlinkbase", "propname", "footnote", "annotation", "atnauthor", "header", "footer", "headerl", "headerr", "footerl"})
_BINARY: Final = frozenset({"pict", "objdata", "datastore"})
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_WITHIN: Final = 4096
_SURROGATES: Final = range(0xD800, 0xE000)
_DEEPEST: Final = 2_000
_CHECK_EVERY: Final = 4_096


@container("rtf", b"{\\rtf", isolated=True)
def open_rtf(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the text, what stands beside it, and each embedded object or picture as bytes."""
    reader = _Reader(budget)
    reader.read(data)
    for name, parts in (("text", reader.text), ("properties and notes", reader.aside)):
        joined = "".join(parts).strip("\n")
        if joined.strip():
            budget.take(len(joined))
            yield Member(name, joined.encode("utf-8", "replace"))
    for number, content in enumerate(reader.embedded, 1):
        budget.member()
        yield Member(f"embedded {number}", content)


class _Reader:
    """Walks through the groups; each knows where its text goes, and how many characters stand in for an escaped one."""

    def __init__(self, budget: Budget) -> None:
        self.text: list[str] = []
        self.aside: list[str] = []
        self.embedded: list[bytes] = []
        self._budget = budget
        self._codepage = "cp1252"
        self._out: list[str] | None = self.text
        self._digits: list[bytes] | None = None
        self._stand_ins = 1
        self._skip = 0
        self._fresh = False
        self._groups: list[tuple[list[str] | None, list[bytes] | None, int]] = []

    def read(self, data: bytes) -> None:
        """Read it all; groups that do not fit end it, and the raw file is looked at in any case."""
        offset = count = 0
        while token := _TOKEN.search(data, offset):
            offset = token.end()
            count += 1
            if count % _CHECK_EVERY == 0:
                self._budget.check()
            if brace := token["group"]:
                if not (self._open() if brace == b"{" else self._close()):
                    break
            elif token["text"]:
                self._plain(token["text"])
            elif token["byte"]:
                self._escaped(bytes.fromhex(token["byte"].decode()))
            elif token["sign"]:
                self._sign(token["sign"])
            elif token["word"] == b"bin":
                raw = data[offset : offset + max(0, int(token["number"] or 0))]
                offset += len(raw)
                self._embed(raw)
            else:
                self._word(token["word"].decode(), None if token["number"] is None else int(token["number"]))
        self._end_digits(None)

    def _open(self) -> bool:
        self._groups.append((self._out, self._digits, self._stand_ins))
        self._fresh = True
        return len(self._groups) < _DEEPEST

    def _close(self) -> bool:
        if not self._groups:
            return False
        out, digits, self._stand_ins = self._groups.pop()
        if self._out is self.aside and out is not self.aside:
            self.aside.append("\n")
        self._out, self._fresh = out, False
        self._end_digits(digits)
        return True

    def _word(self, word: str, value: int | None) -> None:
        """Follow a control word."""
        fresh, self._fresh = self._fresh, False
        if word in _MARKS:
            self._say(_MARKS[word])
        elif word == "u" and value is not None:
            code = value % 0x10000
            self._say("\ufffd" if code in _SURROGATES else chr(code))
            self._skip = self._stand_ins
        elif word == "uc" and value is not None:
            self._stand_ins = min(max(0, value), 8)
        elif word == "ansicpg" and value is not None:
            self._codepage = _codepage(value)
        elif fresh:
            self._destination(word)

    def _destination(self, word: str) -> None:
        """Send the text of a group that begins with this word where it belongs."""
        if word in _BINARY:
            self._out, self._digits = None, []
        elif word in _NO_TEXT:
            self._out = self._digits = None
        elif self._out is None:
            return
        elif word in _ASIDE:
            self._out = self.aside
            self.aside.append("\n")
        elif word == "staticval":
            self.aside.append(": ")

    def _sign(self, sign: bytes) -> None:
        """Follow an escaped sign; an asterisk says that a reader may leave this group out: an address, a bookmark, a property."""
        if sign == b"*":
            self._out = self._out if self._out is None else self.aside
        else:
            self._say(_SHOWN.get(sign, ""))

    def _plain(self, text: bytes) -> None:
        self._fresh = False
        if self._digits is not None:
            self._digits.append(text)
            return
        skip, self._skip = self._skip, 0
        self._say(text.decode(self._codepage, "replace")[skip:])

    def _escaped(self, byte: bytes) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._say(byte.decode(self._codepage, "replace"))

    def _say(self, text: str) -> None:
        if self._out is not None:
            self._out.append(text)

    def _end_digits(self, outer: list[bytes] | None) -> None:
        """Keep what a picture or an object held, when its group ends."""
        if self._digits is not None and self._digits is not outer:
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", b"".join(self._digits))
            self._embed(bytes.fromhex(digits[: len(digits) // 2 * 2].decode()))
        self._digits = outer

    def _embed(self, content: bytes) -> None:
        """Keep bytes; a compound file among them counts from its own beginning."""
        if content:
            self._budget.take(len(content))
            self.embedded.append(content[max(0, content.find(_OLE, 0, _OLE_WITHIN)) :])


def _codepage(number: int) -> str:
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"
