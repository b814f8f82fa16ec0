"""The filters of Betterleaks, as far as they only say which values are harmless.

A filter is an expression that drops a finding when it is true. Alternatives joined with `||` can be taken one by one: each that is
left out makes the rule report more, never less, and is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_STRING: Final = r"""(?:`[^`]*`|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_STRINGS: Final = re.compile(_STRING)
_VALUE: Final = r"""finding\[\s*["'](?:secret|value)["']\s*\]"""
_LIST: Final = rf"\[((?:\s*{_STRING}\s*,?)*)\s*\]"
_ENTROPY: Final = re.compile(rf"entropy\(\s*{_VALUE}\s*\)\s*<=?\s*(\d+(?:\.\d+)?)")
_MATCHES: Final = re.compile(rf"matchesAny\(\s*{_VALUE}\s*,\s*{_LIST}\s*\)")
_CONTAINS: Final = re.compile(rf"containsAny\(\s*{_VALUE}\s*,\s*{_LIST}\s*\)")
_COMMENT: Final = re.compile(r"^\s*//.*$", re.MULTILINE)
_PROGRAM: Final = re.compile(r"(?:^|;)\s*let\s")
_CALL: Final = re.compile(r"!?\s*\w+\(\s*\w+\[\s*[\"']\w+[\"']\s*\]|!?\s*\w+(?=\()")
_TOKENS: Final = re.compile(rf"{_STRING}|\|\||[()\[\]{{}}]|.", re.DOTALL)
_OPENING: Final = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)


@dataclass
class Harmless:
    """What a filter says of values, and the parts of it that could not be translated."""

    entropy: float = 0.0
    patterns: list[str] = field(default_factory=list)
    stopwords: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read(text: str) -> Harmless:
    """Take a filter apart."""
    found = Harmless()
    bare = _COMMENT.sub("", text).strip()
    if _PROGRAM.search(bare):
        found.left_out.append("a program")
        return found
    for part in alternatives(bare):
        if match := _ENTROPY.fullmatch(part):
            found.entropy = max(found.entropy, float(match[1]))
        elif match := _MATCHES.fullmatch(part):
            found.patterns += _texts(match[1])
        elif match := _CONTAINS.fullmatch(part):
            found.stopwords += _texts(match[1])
        else:
            found.left_out.append(_short(part))
    return found


def alternatives(text: str) -> list[str]:
    """Split at `||` outside of brackets and texts; brackets around the whole go first."""
    parts, depth, current = [], 0, ""
    for piece in _TOKENS.findall(text):
        depth += _OPENING.get(piece, 0)
        if piece == "||" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += piece
    parts.append(current)
    clean = [part.strip() for part in parts if part.strip()]
    if len(clean) == 1 and _wrapped(clean[0]):
        return alternatives(clean[0][1:-1])
    return [piece for part in clean for piece in (alternatives(part[1:-1]) if _wrapped(part) else [part])]


def _wrapped(text: str) -> bool:
    """Tell whether the first bracket is closed by the last character."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    pieces = _TOKENS.findall(text)
    for number, piece in enumerate(pieces):
        depth += _OPENING.get(piece, 0)
        if depth == 0:
            return number == len(pieces) - 1
    return False


def _texts(listed: str) -> list[str]:
    """Return the texts of a list; those in back quotes are raw."""
    found = []
    for text in _STRINGS.findall(listed):
        body = text[1:-1]
        found.append(body if text.startswith("`") else _ESCAPE.sub(r"\1", body))
    return found


def _short(text: str) -> str:
    """Name a part by the test that it makes."""
    called = _CALL.match(text)
    return f"{called[0]}...)" if called else "several tests together"
