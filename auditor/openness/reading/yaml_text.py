"""YAML of a stranger, read without building anything but plain values, within bounds, and with the line of every value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_CHARACTERS = 500_000
_MOST_NODES = 50_000
_DEEPEST = 80
_STACKED = re.compile(r"^(?:[ \t]{0,9}[-?][ \t]){40,}", re.MULTILINE)


class NotReadableError(Exception):
    """The text is no YAML, or not within bounds; the message says which."""


class Text(str):
    """A scalar with the line it stands on."""

    line: int

    __slots__ = ("line",)

    @classmethod
    def at(cls, value: str, line: int) -> Text:
        """Make one."""
        made = cls(value)
        made.line = line
        return made


class Mapping(dict[str, object]):
    """A mapping with the line it begins on and the line of each key."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        """Begin empty."""
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class _Budget:
    """Counts what is built: an alias is paid for each time it is used, so that a few lines cannot grow without end."""

    def __init__(self) -> None:
        self.left = _MOST_NODES

    def spend(self, depth: int) -> None:
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST:
            msg = "the file is larger or deeper than any that people write"
            raise NotReadableError(msg)


def load(text: str) -> object:
    """Return the first document as mappings, lists and `Text`; every scalar stays text, `None` is an empty one.

    Raises:
        NotReadableError: it is no YAML, or beyond the bounds.
    """
    if len(text) > _MOST_CHARACTERS or _STACKED.search(text) or _nesting(text) > _DEEPEST:
        msg = "the file is larger or deeper than any that people write"
        raise NotReadableError(msg)
    try:
        node = next(iter(yaml.compose_all(text, Loader=_LOADER)), None)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        msg = "it is not valid YAML" + (f" (line {mark.line + 1})" if mark else "")
        raise NotReadableError(msg) from None
    except (RecursionError, ValueError):
        msg = "it is not valid YAML"
        raise NotReadableError(msg) from None
    return None if node is None else _plain(node, _Budget(), 0)


def _nesting(text: str) -> int:
    """Return how deep brackets nest at most, quotes not considered."""
    deepest = depth = 0
    for character in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if character in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _plain(node: yaml.Node, budget: _Budget, depth: int) -> object:
    budget.spend(depth)
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        empty = node.tag == "tag:yaml.org,2002:null"
        return None if empty else Text.at(str(node.value), line)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, budget, depth + 1) for item in node.value]
    made = Mapping(line)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if not isinstance(key, yaml.ScalarNode):
            continue
        plain = _plain(value, budget, depth + 1)
        if key.value == "<<" and isinstance(plain, Mapping):
            for inherited, its in plain.items():
                made.setdefault(inherited, its)
                made.lines.setdefault(inherited, plain.lines.get(inherited, line))
            continue
        made[str(key.value)] = plain
        made.lines[str(key.value)] = key.start_mark.line + 1
    return made


def mapping(value: object) -> Mapping:
    """Return the value if it is a mapping, an empty one otherwise: what strangers write has any shape."""
    return value if isinstance(value, Mapping) else Mapping(0)


def items(value: object) -> list[object]:
    """Return a list as it is, a single value as a list of one, nothing as an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def texts(value: object) -> Iterator[Text]:
    """Yield every scalar below a value."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts(item)
