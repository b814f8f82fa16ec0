"""The part of an expression that tells most: what does not hold it cannot match, and need not be searched for the whole.

Expressions without a bound are dear where content comes back in versions: they must see all of it, again and again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.detection.pattern import Atom, Group, PatternError, Repeat, parse, render, unname, widths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditor.detection.pattern import Node, Sequence

_LEAST: Final = 4
_ANY: Final = frozenset({".", r"\w", r"\W", r"\d", r"\D", r"\s", r"\S"})


def telling(text: str, most: int) -> str | None:
    """Return a part of an expression without which it cannot match, at most so wide; None where no part of it tells much.

    Parts end where there is no bound; the one with most characters that are given is taken.
    """
    try:
        alternatives = parse(text).alternatives
    except PatternError:
        return None
    if len(alternatives) != 1:
        return None
    parts = [part for part in _bounded_parts(alternatives[0], most) if widths(part)[0] >= _LEAST and _letters(part)]
    return "".join(map(render, max(parts, key=_letters))) if parts else None


def _bounded_parts(nodes: Sequence, most: int) -> Iterator[Sequence]:
    flags: list[Node] = []
    part: list[Node] = []
    for node in (unname(node) for node in nodes):
        if isinstance(node, Atom) and node.width == 0 and (node.text.startswith("(?") or node.text == r"\A"):
            kept: list[Node] = [] if node.text == r"\A" else [node]
            flags += kept
            part += kept
            continue
        wide = widths((*part, node))[1]
        if wide is not None and wide <= most:
            part.append(node)
            continue
        # Of what goes on without a bound, or too far, the beginning still belongs to the part.
        begun = (*part, *_beginning(node, most))
        yield begun if _fits(begun, most) else tuple(part)
        part = [*flags, node] if _fits((node,), most) else list(flags)
    yield tuple(part)


def _beginning(node: Node, most: int) -> Sequence:
    if isinstance(node, Repeat):
        return (replace(node, most=node.least, lazy=False),) if node.least else ()
    if isinstance(node, Group):
        return (replace(node, alternatives=tuple(next(_bounded_parts(nodes, most)) for nodes in node.alternatives)),)
    return (node,)


def _fits(nodes: Sequence, most: int) -> bool:
    wide = widths(nodes)[1]
    return wide is not None and wide <= most


def _letters(nodes: Iterable[Node]) -> int:
    """Count the characters that are given, at least."""
    return sum(_given(node) for node in nodes)


def _given(node: Node) -> int:
    if isinstance(node, Atom):
        return int(node.width == 1 and not node.text.startswith("[") and node.text not in _ANY)
    if isinstance(node, Repeat):
        return node.least * _given(node.node)
    return min(_letters(nodes) for nodes in node.alternatives)
