r"""Text from a repository is hostile: what would steer a terminal, a reader's eye or a parser is made visible instead.

Control characters (escape sequences among them), characters that change the direction of reading, invisible ones, and
bytes that are not UTF-8 (which arrive as lone surrogates) are written as a visible escape such as `\x1b` or `\u202e`.
"""

from __future__ import annotations

import re
from typing import Final

_INVISIBLE: Final = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 and C1 controls: escape sequences begin here
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # invisible or joining
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line separators, direction
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # fillers, variation selectors, byte order mark
    "\ud800-\udfff"  # bytes that are not UTF-8
    "\U000e0000-\U000e0fff"  # tags: text that no reader sees
    "]"
)
_UNENCODABLE: Final = re.compile("[\ud800-\udfff]")
_KEPT: Final = "\n"


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004  how Python carries an undecodable byte
        code -= 0xDC00
    if code <= 0xFF:  # noqa: PLR2004  one byte
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004  the basic plane


def safe(text: str) -> str:
    """Return the text on one line, with everything that is not plainly visible written as an escape."""
    return _INVISIBLE.sub(_visible, text)


def encodable(text: str) -> str:
    """Return text that UTF-8 can carry: only the bytes that are not UTF-8 are written as escapes."""
    return _UNENCODABLE.sub(_visible, text)


def safe_lines(text: str) -> str:
    """Do the same, keeping line breaks; for texts of several lines."""
    return _KEPT.join(safe(line) for line in text.split(_KEPT))


def shorten(text: str, most: int) -> str:
    """Return safe text of at most so many characters, cut in the middle: a path is known by both its ends."""
    text = safe(text)
    if len(text) <= most:
        return text
    head = (most - 1) // 2
    tail = most - 1 - head
    return f"{text[:head]}…{text[len(text) - tail :]}"
