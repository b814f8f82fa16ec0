"""Globs of many rules against many paths: all of them in one expression first, one by one only where that matched."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from auditor.detection.matcher import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TOKEN: Final = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|\[!?[^\]]+\]|\{[^{}]*\}|[^*?\[{]+|.", re.DOTALL)


def translate(glob: str) -> str:
    """Turn a glob on the whole path into an expression: `**/` crosses folders, `*` does not, `{a,b}` are alternatives."""
    parts = []
    for piece in _TOKEN.findall(glob):
        if piece == "**/":
            parts.append("(?:.*/)?")
        elif piece == "/**":
            parts.append("/.*")
        elif piece == "**":
            parts.append(".*")
        elif piece == "*":
            parts.append("[^/]*")
        elif piece == "?":
            parts.append("[^/]")
        elif piece.startswith("[") and len(piece) > 1:
            parts.append(piece.replace("[!", "[^", 1).replace("\\", r"\\"))
        elif piece.startswith("{") and len(piece) > 1:
            parts.append(f"(?:{'|'.join(map(translate, piece[1:-1].split(',')))})")
        else:
            parts.append(re.escape(piece))
    return "".join(parts)


class Globs:
    """Which of some named groups of globs match a path."""

    def __init__(self, groups: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Compile the groups; letters match whatever their case, as file systems do not agree on it."""
        single = [(name, "|".join(f"(?:{translate(glob)})" for glob in globs)) for name, globs in groups if globs]
        self._single = single
        self._every = "|".join(text for _, text in single)
        self._quick = Expression(rf"\A(?:{self._every})\z", ignore_case=True) if single else None

    @cached_property
    def _each(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(name, re.compile(text, re.IGNORECASE | re.DOTALL)) for name, text in self._single]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(self._every, re.IGNORECASE | re.DOTALL)

    def match(self, path: str) -> list[str]:
        """Return the names of the groups that match the whole path."""
        if self._quick is None:
            return []
        plain = path.isascii() and "\n" not in path  # of what is not, the two engines think differently
        if not (self._quick.search(path.encode()) if plain else self._any.fullmatch(path)):
            return []
        return [name for name, expression in self._each if expression.fullmatch(path)]
