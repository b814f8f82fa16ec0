"""How a format joins: one function, registered with the bytes that it begins with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from auditor.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from auditor.sources.containers.budget import Budget, Closed, Member

    Opener: TypeAlias = Callable[[bytes, Budget], Iterator[Member | Closed]]
    Sniffer: TypeAlias = Callable[[bytes, int], bool]

HEAD = 300
"""So many first bytes decide whether a format is tried."""

_KEY = 2
_USTAR = slice(257, 262)
_CRLF = slice(2, 4)
_CHECKSUM_END = slice(154, 156)


@dataclass(frozen=True, slots=True)
class Adapter:
    """One format.

    `starts` are first bytes, two at least; `sniff` may look closer at the head. `covers` says that the members together hold
    all that the container holds, so that an inner container of this sort need not be scanned a second time as it is.
    `isolated` has it run in the helper process.
    """

    name: str
    open: Opener
    starts: tuple[bytes, ...]
    sniff: Sniffer | None = None
    covers: bool = False
    isolated: bool = False


ADAPTERS: Registry[Adapter] = Registry("auditor.sources.containers")


def container(
    name: str, *starts: bytes, sniff: Sniffer | None = None, covers: bool = False, isolated: bool = False
) -> Callable[[Opener], Opener]:
    """Register a function that yields what a container holds.

    It raises `NotThisError` where the content only looked like the format, `CannotOpenError` where the rest stays closed; whatever
    else it raises counts as broken content.
    """

    def add(opener: Opener) -> Opener:
        ADAPTERS.add(name, Adapter(name, opener, starts, sniff, covers, isolated))
        return opener

    return add


# Three formats are known by bytes further in: `ustar` at 257, what ends the checksum of a tar without that mark, and the CR LF
# after the version of compiled Python.
TAR_KEY = b"ustar"
OLD_TAR_KEY = b"\x00 "
PYC_KEY = b"\r\n"
_INSIDE = frozenset({TAR_KEY, OLD_TAR_KEY, PYC_KEY})


@cache
def _table() -> Mapping[bytes, tuple[tuple[bytes, Adapter], ...]]:
    """Order the adapters by their first two bytes: one look-up answers for most content."""
    table: dict[bytes, list[tuple[bytes, Adapter]]] = {}
    for adapter in dict(ADAPTERS.items()).values():
        for start in adapter.starts:
            key = start if start in _INSIDE else start[:_KEY]
            table.setdefault(key, []).append((start, adapter))
    return {key: tuple(found) for key, found in table.items()}


def find(head: bytes, size: int) -> Adapter | None:
    """Return the adapter for content that begins so."""
    table = _table()
    for start, adapter in table.get(head[:_KEY], ()):
        if head.startswith(start) and (adapter.sniff is None or adapter.sniff(head, size)):
            return adapter
    for place, key in ((_USTAR, TAR_KEY), (_CHECKSUM_END, OLD_TAR_KEY), (_CRLF, PYC_KEY)):
        for _, adapter in table[key] if head[place] == key else ():
            if adapter.sniff is None or adapter.sniff(head, size):
                return adapter
    return None


def maker() -> Callable[[bytes, int], bool]:
    """Return the quick test, with what it needs at hand: it runs for every blob of a history."""
    starts = _table()

    def may_contain(head: bytes, size: int) -> bool:
        if head[:_KEY] in starts or head[_USTAR] == TAR_KEY or head[_CRLF] == PYC_KEY or head[_CHECKSUM_END] == OLD_TAR_KEY:
            return find(head, size) is not None
        return False

    return may_contain
