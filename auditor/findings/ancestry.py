"""Which commits a commit reaches: an entry of openness.yml holds for the history that its author had seen."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from auditor.model.view import CommitInfo


class Ancestry:
    """Answers for commits by full or abbreviated id; every answer is computed once."""

    def __init__(self, commits: Callable[[], Sequence[CommitInfo]]) -> None:
        """Take what gives all commits of the object database; it is asked when the first answer is wanted."""
        self._commits = commits
        self._known: dict[str, frozenset[str] | None] = {}

    @cached_property
    def _parents(self) -> dict[str, tuple[str, ...]]:
        return {commit.oid: commit.parents for commit in self._commits()}

    def __call__(self, commit: str) -> frozenset[str] | None:
        """Return the commit and everything it reaches; None where it is unknown or ambiguous."""
        if commit not in self._known:
            self._known[commit] = self._reach(commit)
        return self._known[commit]

    def _reach(self, commit: str) -> frozenset[str] | None:
        starts = [commit] if commit in self._parents else [oid for oid in self._parents if oid.startswith(commit)]
        if len(starts) != 1:
            return None
        seen: set[str] = set()
        while starts:
            oid = starts.pop()
            if oid not in seen:
                seen.add(oid)
                starts.extend(self._parents.get(oid, ()))
        return frozenset(seen)
