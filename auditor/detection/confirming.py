"""From where an expression may end to matches that stand: windows, what matches in them, how it is judged; everything once.

Content comes back in hundreds of versions. Windows of two versions often differ, but most of what matches in them does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

from auditor.detection.judge import AROUND, Judged, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.detection.compiled import CompiledRule

K = TypeVar("K")
V = TypeVar("V")

_MEMO_BYTES: Final = 24 * 1024 * 1024
_MAX_WINDOW: Final = 1 << 20


class Memo(Generic[K, V]):
    """What was worked out before: content comes back in hundreds of versions, and most of its windows with it."""

    __slots__ = ("_kept", "_size")

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[K, V] = {}
        self._size = 0

    def get(self, key: K) -> V | None:
        """Return what is remembered."""
        return self._kept.get(key)

    def put(self, key: K, value: V, size: int) -> None:
        """Remember, and forget everything when it becomes too much."""
        self._size += size + 200
        if self._size > _MEMO_BYTES:
            self._kept.clear()
            self._size = size
        self._kept[key] = value


def windows(ends: list[int], item: CompiledRule, size: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which the matches lie that end at or after these places."""
    before = item.width + item.rule.within.before
    after = item.width + item.rule.within.after
    start = stop = -1
    for place in range(0, len(ends), 2):
        low, high = max(0, ends[place] - before), min(size, ends[place + 1] + after)
        if start >= 0 and low <= stop and high - start <= _MAX_WINDOW:
            stop = max(stop, high)
            continue
        if start >= 0:
            yield start, stop
        start, stop = low, high
    if start >= 0:
        yield start, stop


class Confirming:
    """Confirms in windows, and judges each match by what stands around it: windows differ, but most of what is in them does not."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self._windows: Memo[tuple[int, bytes, bool, bool], tuple[Judged, ...]] = Memo()
        self._judged: Memo[tuple[int, int, int, int, bytes], Judged | Literal[False]] = Memo()

    def confirm(self, item: CompiledRule, window: bytes, *, opens: bool, closes: bool) -> tuple[Judged, ...]:
        """Return what matches; `opens` and `closes` tell whether content begins or ends with the window."""
        key = (item.number, window, opens, closes)
        known = self._windows.get(key)
        if known is None:
            known = tuple(self._confirm(item, window, opens=opens, closes=closes))
            self._windows.put(key, known, len(window))
        return known

    def _confirm(self, item: CompiledRule, window: bytes, *, opens: bool, closes: bool) -> Iterator[Judged]:
        """Yield what matches in a window; a match that touches an edge which is not the content's own is not whole."""
        before, after = max(AROUND, item.rule.within.before), max(AROUND, item.rule.within.after)
        seen: set[tuple[int, int]] = set()
        for number, (expression, group) in enumerate(item.expressions):
            for found in expression.finditer(window):
                start, end = found.span()
                if (start == 0 and not opens) or (end == len(window) and not closes and item.bounded):
                    continue
                low = max(0, start - before)
                near = window[low : end + after]
                key = (item.number, number, start - low, end - start, near)
                judged = self._judged.get(key)
                if judged is None:
                    judged = judge(item, expression, group, found, near, low) or False
                    self._judged.put(key, judged, len(near))
                place = (low + judged.start, low + judged.end) if judged else (0, 0)
                if judged and place not in seen:
                    seen.add(place)
                    yield judged.moved(low) if low else judged
