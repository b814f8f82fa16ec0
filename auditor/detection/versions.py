"""Content comes back in hundreds of versions: what a version shares with the one before need not be looked through again.

Exact, not approximate: an expression that matches at most `REACH` bytes ends in the new version where it ended in the old one, if
the bytes so far before that place and the one behind it are the same. Everything else is looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Ends = dict[int, list[int]]
    Look = Callable[[bytes, Ends], None]

REACH: Final = 300
"""No expression that is looked for here matches more bytes."""

SMALL: Final = 1500
"""Shorter content is not compared with versions of it."""

_LEAST: Final = 3 * REACH
_KEY: Final = 64
_AHEAD: Final = 16
"""So many times as far as from one try to the next is looked ahead."""
_REMEMBERED: Final = 48 * 1024 * 1024


class Stretch(NamedTuple):
    """So many bytes that stand at one place in the old version and at another in the new one."""

    old: int
    new: int
    size: int


def shared(old: bytes, new: bytes) -> list[Stretch]:
    """Return long stretches that both hold, in the order of both. There may be more."""
    found = []
    begin = _forwards(old, 0, new, 0, min(len(old), len(new)))
    end = _backwards(old, len(old), new, len(new), min(len(old), len(new)) - begin)
    if begin >= _LEAST:
        found.append(Stretch(0, 0, begin))
    found += _between(old, begin, len(old) - end, new, begin, len(new) - end)
    if end >= _LEAST:
        found.append(Stretch(len(old) - end, len(new) - end, end))
    return found


def _between(old: bytes, behind: int, old_end: int, new: bytes, done: int, new_end: int) -> Iterator[Stretch]:  # noqa: PLR0913, PLR0917  two ranges
    """Try whether what stands a little further on in the new version stands in the old one.

    The longer nothing is found, the wider apart are the tries and the further ahead they look: a change costs as much as it is
    long.
    """
    place, step = done, _KEY
    while new_end - place > _LEAST:
        there = old.find(new[place : place + _KEY], behind, min(old_end, behind + place - done + _AHEAD * step))
        size = 0 if there < 0 else _forwards(old, there, new, place, min(old_end - there, new_end - place))
        if size < _LEAST:
            place += step
            step += step // 2
            continue
        back = _backwards(old, there, new, place, min(there - behind, place - done))
        yield Stretch(there - back, place - back, size + back)
        behind, done, step = there + size, place + size, _KEY
        place = done


def _forwards(one: bytes, at: int, other: bytes, place: int, limit: int) -> int:
    """Count the bytes from there on that are the same; nothing is copied for it."""
    view = memoryview(other)
    low, step = 0, 256
    while low + step <= limit and one.startswith(view[place + low : place + low + step], at + low):
        low += step
        step *= 2
    high = min(limit, low + step)
    while low < high:
        middle = (low + high + 1) // 2
        if one.startswith(view[place + low : place + middle], at + low):
            low = middle
        else:
            high = middle - 1
    return low


def _backwards(one: bytes, at: int, other: bytes, place: int, limit: int) -> int:
    """Count the bytes before there that are the same."""
    view = memoryview(other)
    low, step = 0, 256
    while low + step <= limit and one.endswith(view[place - low - step : place - low], 0, at - low):
        low += step
        step *= 2
    high = min(limit, low + step)
    while low < high:
        middle = (low + high + 1) // 2
        if one.endswith(view[place - middle : place - low], 0, at - low):
            low = middle
        else:
            high = middle - 1
    return low


class Versions:
    """Remembers the last contents of some size, each with the places where expressions ended in it."""

    def __init__(self, look: Look) -> None:
        """Take what looks through bytes and notes the ends of each expression, in order."""
        self._look = look
        self._known: dict[bytes, tuple[bytes, Ends]] = {}
        self._size = 0

    def ends(self, data: bytes) -> Ends:
        """Return where each expression ends."""
        if len(data) < SMALL:
            found: Ends = {}
            self._look(data, found)
            return found
        head, tail = data[:_KEY], data[-_KEY:]
        before = self._before(data, head, tail)
        found = self._again(data, *before) if before else {}
        if not before:
            self._look(data, found)
        self._remember(head, tail, data, found)
        return found

    def _before(self, data: bytes, head: bytes, tail: bytes) -> tuple[bytes, Ends] | None:
        """Return what is likely the version before: many files begin alike, fewer begin and end alike."""
        by_head, by_tail = self._known.pop(head, None), self._known.get(tail)
        if by_head is None or by_tail is None or by_head[0].endswith(tail):
            return by_head or by_tail
        if by_tail[0].startswith(head):
            return by_tail
        return min(by_head, by_tail, key=lambda known: abs(len(known[0]) - len(data)))

    def _remember(self, head: bytes, tail: bytes, data: bytes, ends: Ends) -> None:
        self._known[head] = self._known[tail] = (data, ends)
        self._size += len(data)
        if self._size > _REMEMBERED:
            # Versions of one file come one after the other: what is old will hardly be asked for.
            self._known = {head: (data, ends), tail: (data, ends)}
            self._size = len(data)

    def _again(self, data: bytes, old: bytes, known: Ends) -> Ends:
        """Take over the ends in what is shared, and look at the rest."""
        stretches = shared(old, data)
        found: Ends = {}
        done = 0
        for stretch in stretches:
            # The ends that stand on nothing but the stretch; where both begin or end there is nothing beyond it.
            first = stretch.old + REACH + 1 if stretch.old or stretch.new else 0
            last = stretch.old + stretch.size
            if last < len(old) or stretch.new + stretch.size < len(data):
                last -= 1
            moved = stretch.new - stretch.old
            if first + moved > done:
                self._gap(data, done, first + moved - 1, found)
            _take_over(known, first, last, moved, found)
            done = last + moved + 1
        if done <= len(data):
            self._gap(data, done, len(data), found)
        return found

    def _gap(self, data: bytes, first: int, last: int, found: Ends) -> None:
        """Look for the ends from one place to another, both included."""
        start = max(0, first - REACH - 1)
        seen: Ends = {}
        self._look(data[start : last + 1], seen)
        for number, ends in seen.items():
            kept = [end + start for end in ends if first <= end + start <= last]
            if kept:
                found.setdefault(number, []).extend(kept)


def _take_over(known: Ends, first: int, last: int, moved: int, found: Ends) -> None:
    for number, ends in known.items():
        kept: Sequence[int] = ends[bisect_left(ends, first) : bisect_right(ends, last)]
        if kept:
            found.setdefault(number, []).extend(kept if not moved else [end + moved for end in kept])
