"""How long things are kept: runs, findings that are gone, repositories that nobody lists any more, and their mirrors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from auditor.org.clones import Clones
    from auditor.org.store import Store


def forget_older(store: Store, clones: Clones, moment: datetime) -> tuple[int, int]:
    """Forget what is older than a moment, and return how many runs and how many repositories that were."""
    runs, addresses = store.forget_before(moment)
    _remove(clones, addresses)
    return runs, len(addresses)


def forget_repository(store: Store, clones: Clones, name: str) -> int:
    """Forget everything about the repositories of a name, and return how many they were."""
    addresses = store.forget(name)
    _remove(clones, addresses)
    return len(addresses)


def _remove(clones: Clones, addresses: list[str]) -> None:
    for address in addresses:
        clones.forget(address)
