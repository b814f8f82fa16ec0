"""Where the policy asks for a second person: an answer counts only when somebody other than the sole author committed it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from auditor.model.openness_file import OpennessFile
    from auditor.model.policy import Policy
    from auditor.model.view import RepositoryView


class _Entry(Protocol):
    @property
    def line(self) -> int | None: ...


_E = TypeVar("_E", bound=_Entry)


def by_another(view: RepositoryView, path: str, line: int | None) -> bool:
    """Tell whether the line was committed by somebody who is not the only author of the repository."""
    if line is None or not path:
        return False
    blame = view.blame(path, line)
    return blame is not None and bool({commit.author_name for commit in view.commits} - {blame.author})


def countersigned(book: OpennessFile, view: RepositoryView, policy: Policy) -> tuple[OpennessFile, tuple[str, ...]]:
    """Leave out acceptances, rotations and reviews that no second person committed, and say how many.

    Attestations stay: each says for itself in the report that a second person is missing.
    """
    if not policy.second_person:
        return book, ()

    def kept(entries: tuple[_E, ...]) -> tuple[_E, ...]:
        return tuple(entry for entry in entries if by_another(view, book.path, entry.line))

    counted = replace(book, accepted=kept(book.accepted), rotated=kept(book.rotated), reviewed=kept(book.reviewed))
    before, after = (len(b.accepted) + len(b.rotated) + len(b.reviewed) for b in (book, counted))
    if before == after:
        return counted, ()
    entries = "1 entry does" if before - after == 1 else f"{before - after} entries do"
    return counted, (f"The policy {policy.id} asks for a second person: {entries} not count, because nobody else committed them.",)
