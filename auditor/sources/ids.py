"""Many object ids in little room: packed, sorted, and looked up where they lie; one Python object for each takes longer to make."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MANY: Final = 16
"""Whoever asks for more than one in so many is answered from a set: one Python object for each pays then."""


class Ids(Collection[bytes]):
    """Ids as git writes them, each of the same number of hexadecimal digits."""

    def __init__(self, packed: bytes, digits: int) -> None:
        """Take the ids as bytes, one after the other, sorted."""
        self.packed = packed
        """The ids as bytes, one after the other, sorted."""
        self._width = digits // 2
        self._asked = 0
        self._unpacked: frozenset[bytes] = frozenset()

    @classmethod
    def of(cls, ids: Iterable[bytes], digits: int) -> Ids:
        """Pack ids that are written out."""
        return cls(bytes.fromhex(b"".join(sorted(ids)).decode()), digits)

    def __contains__(self, oid: object) -> bool:
        """Tell whether an id is among them."""
        try:
            raw = bytes.fromhex(oid.decode()) if isinstance(oid, bytes) else b""
        except ValueError:
            return False
        packed, width = self.packed, self._width
        self._asked += 1
        if self._asked * _MANY > len(self):
            self._unpacked = self._unpacked or frozenset(packed[at : at + width] for at in range(0, len(packed), width))
            return raw in self._unpacked
        place = bisect_left(range(len(self)), raw, key=lambda number: packed[number * width : number * width + width])
        return len(raw) == width and packed[place * width : place * width + width] == raw

    def __iter__(self) -> Iterator[bytes]:
        """Write out one after the other."""
        written, digits = self.packed.hex().encode(), self._width * 2
        return (written[at : at + digits] for at in range(0, len(written), digits))

    def __len__(self) -> int:
        """Count them."""
        return len(self.packed) // self._width


class Joined(Collection[bytes]):
    """Ids that were known before, with a set of others."""

    def __init__(self, before: Sequence[Ids], more: set[bytes]) -> None:
        """Join them; no id is in two of them."""
        self._before = tuple(before)
        self.more = more
        self.often: frozenset[bytes] = frozenset()
        """Some of those that were known before, which are asked for often."""

    def __contains__(self, oid: object) -> bool:
        """Tell whether an id is in one of them."""
        return oid in self.more or oid in self.often or any(oid in some for some in self._before)

    def __iter__(self) -> Iterator[bytes]:
        """Go through all."""
        return chain(*self._before, self.more)

    def __len__(self) -> int:
        """Count all."""
        return sum(map(len, self._before)) + len(self.more)
