"""A regular expression taken apart, as far as the multi-pattern pass needs it: how wide it is, and its shortest sufficient form.

The backend reports every place where an expression can end, so what follows the telling part only costs: trailing optional parts
go, the last repeat shrinks to its least number, leading optional parts go. What is left finds the same places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

_REPEAT: Final = re.compile(r"(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})(\??)")
_GROUP: Final = re.compile(r"\((?:\?(?:P?<\w+>|[imsU-]*:))?")
_FLAGS: Final = re.compile(r"\(\?[imsU-]+\)")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|[0-7]{2,3}|.)", re.DOTALL)
_ASSERTIONS: Final = frozenset({"^", "$", r"\b", r"\B", r"\A", r"\z"})
_WORD: Final = re.compile(r"[A-Za-z_-]{4,}")
_WIDE: Final = 64
_ENOUGH: Final = 8
_MOST: Final = 900


@dataclass(frozen=True, slots=True)
class Atom:
    """One character, escape or class (width 1), or an assertion or flag (width 0)."""

    text: str
    width: int


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives in brackets; `opening` is how the bracket is written."""

    opening: str
    alternatives: tuple[Sequence, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something a number of times; `most` is None where there is no bound."""

    node: Atom | Group
    least: int
    most: int | None
    lazy: bool = False


Node: TypeAlias = "Atom | Group | Repeat"
Sequence: TypeAlias = "tuple[Node, ...]"


class PatternError(ValueError):
    """The expression is not one that auditor understands."""


def parse(text: str) -> Group:
    """Take an expression apart.

    Raises:
        PatternError: brackets do not match, or there is nothing to repeat.
    """
    group, end = _group(text, 0, "")
    if end != len(text):
        msg = f"an unmatched bracket at {end}"
        raise PatternError(msg)
    return group


def _group(text: str, place: int, opening: str) -> tuple[Group, int]:
    alternatives: list[Sequence] = []
    nodes: list[Node] = []
    while place < len(text) and text[place] != ")":
        if text[place] == "|":
            alternatives.append(tuple(nodes))
            nodes = []
            place += 1
            continue
        node, place = _node(text, place)
        nodes.append(node)
    return Group(opening, (*alternatives, tuple(nodes))), place


def _node(text: str, place: int) -> tuple[Node, int]:
    item: Atom | Group
    if flags := _FLAGS.match(text, place):
        return Atom(flags[0], 0), flags.end()
    if text[place] == "(":
        opening = _GROUP.match(text, place)
        inner = opening.end() if opening else place + 1
        if text[inner : inner + 1] == "?":
            msg = f"a bracket that RE2 does not know at {place}"
            raise PatternError(msg)
        item, place = _group(text, inner, text[place:inner])
        if place >= len(text):
            msg = "a bracket that is never closed"
            raise PatternError(msg)
        place += 1
    else:
        found = (_CLASS if text[place] == "[" else _ESCAPE).match(text, place)
        piece = found[0] if found else text[place]
        if piece in {"[", "\\", "*", "+", "?"}:
            msg = f"a lone {piece} at {place}"
            raise PatternError(msg)
        item, place = Atom(piece, 0 if piece in _ASSERTIONS else 1), place + len(piece)
    return _repeated(text, place, item)


def _repeated(text: str, place: int, item: Atom | Group) -> tuple[Node, int]:
    found = _REPEAT.match(text, place)
    if not found:
        return item, place
    sign, least, comma, most, lazy = found.groups()
    if sign:
        low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
    else:
        low = int(least)
        high = low if not comma else int(most) if most else None
    return Repeat(item, low, high, bool(lazy)), found.end()


def render(node: Node) -> str:
    """Write an expression again."""
    if isinstance(node, Atom):
        return node.text
    if isinstance(node, Repeat):
        most = "" if node.most is None else node.most
        count = f"{{{node.least}}}" if node.least == node.most else f"{{{node.least},{most}}}"
        return f"{render(node.node)}{count}{'?' if node.lazy else ''}"
    body = "|".join("".join(map(render, nodes)) for nodes in node.alternatives)
    return f"{node.opening}{body})" if node.opening else body


def width(node: Node) -> tuple[int, int | None]:
    """Return the least and the greatest number of bytes that match; None where there is no bound."""
    if isinstance(node, Atom):
        return node.width, node.width
    if isinstance(node, Repeat):
        least, most = width(node.node)
        return least * node.least, None if most is None or node.most is None else most * node.most
    ends = [widths(nodes) for nodes in node.alternatives]
    mosts = [most for _, most in ends if most is not None]
    return min(least for least, _ in ends), max(mosts) if len(mosts) == len(ends) else None


def widths(nodes: Sequence) -> tuple[int, int | None]:
    """Return the same for what stands one after the other."""
    pairs = [width(node) for node in nodes]
    mosts = [most for _, most in pairs if most is not None]
    return sum(least for least, _ in pairs), sum(mosts) if len(mosts) == len(pairs) else None


def shorten(group: Group) -> Group:
    """Return the shortest form that finds the same places, by their ends."""
    return replace(group, alternatives=tuple(_head(_tail(_cut(_unnamed(nodes)))) for nodes in group.alternatives))


def _unnamed(nodes: Sequence) -> Sequence:
    """Drop the names of groups, which the backend does not want twice."""
    return tuple(unname(node) for node in nodes)


def unname(node: Node) -> Node:
    """Drop the names of the groups in it."""
    if isinstance(node, Repeat):
        inner = unname(node.node)
        return node if isinstance(inner, Repeat) else replace(node, node=inner)
    if isinstance(node, Atom):
        return node
    opening = "(?:" if node.opening.endswith((">", "(")) else node.opening
    return Group(opening, tuple(_unnamed(nodes) for nodes in node.alternatives))


def _cut(nodes: Sequence) -> Sequence:
    """End after a long repeat: what precedes it is telling enough, and wide counters are dear."""
    for place, node in enumerate(nodes):
        if isinstance(node, Repeat) and node.least >= _ENOUGH and (node.most is None or node.most - node.least > _WIDE):
            return (*nodes[:place], replace(node, most=node.least, lazy=False))
    return nodes


def _tail(nodes: Sequence) -> Sequence:
    kept = list(nodes)
    asserted: list[Node] = []
    while kept:
        last = kept[-1]
        if isinstance(last, Atom) and last.width == 0 and not last.text.startswith("(?"):
            asserted.insert(0, kept.pop())
        elif isinstance(last, Repeat) and last.least == 0:
            kept.pop()
            asserted = []
        elif isinstance(last, Repeat) and last.least != last.most:
            return (*kept[:-1], replace(last, most=last.least, lazy=False))
        elif isinstance(last, Group):
            ends = tuple(_tail(item) for item in last.alternatives)
            if all(widths(item)[0] for item in ends):
                asserted = asserted if ends == last.alternatives else []
                return (*kept[:-1], replace(last, alternatives=ends), *asserted)
            kept.pop()
            asserted = []
        else:
            # A boundary behind a part of fixed width is telling: it keeps ten digits from matching in every longer number.
            return (*kept, *asserted)
    return tuple(kept)


def _head(nodes: Sequence) -> Sequence:
    flags: list[Node] = []
    kept = list(nodes)
    while kept:
        first = kept[0]
        if isinstance(first, Atom) and first.width == 0 and first.text.startswith("(?"):
            flags.append(kept.pop(0))
        elif (isinstance(first, Repeat) and first.least == 0) or (
            isinstance(first, Group) and _is_edge(first) and _has_literal(kept[1:])
        ):
            kept.pop(0)
        elif isinstance(first, Repeat) and first.least != first.most:
            kept[0] = replace(first, most=first.least, lazy=False)
        else:
            break
    return (*flags, *kept)


def _is_edge(group: Group) -> bool:
    """Tell whether a group only says what may not stand before: `(?:^|[^A-Za-z])`."""
    return len(group.alternatives) > 1 and all(
        len(nodes) == 1 and isinstance(nodes[0], Atom) and (nodes[0].width == 0 or nodes[0].text.startswith("["))
        for nodes in group.alternatives
    )


def _has_literal(nodes: list[Node]) -> bool:
    """Tell whether there are words in it, by which the backend finds it fast."""
    text = _ESCAPE.sub("", _CLASS.sub(" ", "".join(map(render, nodes))))
    return _WORD.search(text) is not None


def relax(text: str) -> str:
    """Take the upper bounds off wide repeats: counting is dear in RE2, and the window is the bound.

    What cannot be taken apart stays as it is, for the engine to judge.
    """
    try:
        return render(_relaxed(parse(text)))
    except PatternError:
        return text


def _relaxed(node: Node, times: int = 1) -> Node:
    if isinstance(node, Group):
        return replace(node, alternatives=tuple(tuple(_relaxed(item, times) for item in nodes) for nodes in node.alternatives))
    if isinstance(node, Repeat):
        inside = times * max(node.most or 1, 1)
        inner = _relaxed(node.node, inside)
        wide = node.most is not None and (node.most - node.least >= _WIDE or (inside > _MOST and node.most > node.least))
        return node if isinstance(inner, Repeat) else replace(node, node=inner, most=None if wide else node.most)
    return node
