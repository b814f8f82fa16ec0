"""What a run is about: a list that somebody wrote, or what an account on GitHub has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.errors import UsageError
from auditor.org.listing import excluded, read_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditor.model.organisation import ListedRepository, NotVisible
    from auditor.sources.mirrors import Access


def nobody(_: ListedRepository) -> Access | None:
    """Return no credential."""
    return None


@dataclass(frozen=True, slots=True)
class Inventory:
    """Its name in the store and on the page, its repositories, and what gives the credential for each."""

    scope: str
    title: str
    listed: tuple[ListedRepository, ...]
    selection: tuple[str, ...] = ()
    not_visible: tuple[NotVisible, ...] = ()
    access: Callable[[ListedRepository], Access | None] = nobody


def of_list(source: Path, exclude: tuple[str, ...] = ()) -> Inventory:
    """Return the inventory that a list is.

    Raises:
        UsageError: the list cannot be read, or everything in it is left out.
    """
    listed = tuple(item for item in read_list(source) if not excluded(item, exclude))
    if not listed:
        msg = "Nothing is left of the list."
        raise UsageError(msg, hint="Leave out less with --exclude.")
    words = tuple(f"without {pattern}" for pattern in exclude)
    return Inventory(f"list:{source.resolve()}", f"Repositories of {source.name}", listed, words)
