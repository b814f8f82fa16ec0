"""Which facts an answer stands on, found out by watching the check look at them.

A check is a function of what it looks at. While all of that is as it was, it would look at the same things again and say the same;
so an answer that was watched may be kept for as long as the facts that it looked at stay.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from auditor.openness.registry import CheckContext

if TYPE_CHECKING:
    from collections.abc import Callable

    Known = tuple[object, frozenset["Part"]]

T = TypeVar("T")


class Part(StrEnum):
    """What a check may look at, as finely as it changes apart from the rest."""

    KIND = "kind"
    TIP = "tip"
    """The commit at HEAD, and all files of its tree."""
    COMMITS = "commits"
    """Every commit, and the first commit of every path."""
    REFS = "refs"
    REMOTES = "remotes"
    FORGE = "forge"
    """What the forge told of the repository and its organisation."""
    FINDINGS = "findings"
    COVERAGE = "coverage"
    BOOK = "book"
    """What people answered."""
    POLICY = "policy"
    TODAY = "today"
    OTHER = "other"
    """Everything else."""


_OF_VIEW: Final = {
    "kind": (Part.KIND,),
    "tip": (Part.TIP,),
    "tree": (Part.TIP,),
    "read": (Part.TIP,),
    "read_many": (Part.TIP,),
    "default_branch": (Part.REFS,),
    "refs": (Part.REFS, Part.COMMITS),
    "remotes": (Part.REMOTES,),
    "commits": (Part.COMMITS,),
    "historic_paths": (Part.COMMITS,),
    "blame": (Part.TIP, Part.COMMITS),
    "changed_since": (Part.TIP, Part.COMMITS),
}
_OF_CONTEXT: Final = {
    "forge": Part.FORGE,
    "org_defaults": Part.FORGE,
    "findings": Part.FINDINGS,
    "coverage": Part.COVERAGE,
    "book": Part.BOOK,
    "policy": Part.POLICY,
    "today": Part.TODAY,
}


class _Log:
    """What was looked at since a check began."""

    def __init__(self) -> None:
        self.seen: set[Part] = set()
        self.behind: dict[str, frozenset[Part]] = {}


class _WatchedView:
    """Hands out what the view holds, and notes it."""

    def __init__(self, view: object, log: _Log) -> None:
        self._view = view
        self._log = log

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the view has
        self._log.seen.update(_OF_VIEW.get(name, (Part.OTHER,)))
        return getattr(self._view, name)


class WatchedContext:
    """Stands in for a `CheckContext`, the same for all checks of a run; `watch` begins a new check."""

    def __init__(self, context: CheckContext, recall: Callable[[str], Known | None] = lambda _: None) -> None:
        """Stand before a context; `recall` gives the facts that an earlier run kept, with what they stand on."""
        self._context = context
        self._recall = recall
        self._log = _Log()
        self.facts: dict[str, Known] = {}
        """The facts that were computed now."""
        self.view = _WatchedView(context.view, self._log)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the context has
        """Hand out what else the context holds."""
        self._log.seen.add(_OF_CONTEXT.get(name, Part.OTHER))
        return getattr(self._context, name)

    def once(self, key: str, make: Callable[[], T]) -> T:
        """Compute once; whoever asks again stands on the same facts as the first."""
        log, before = self._log, self._log.seen
        if key not in log.behind:
            log.seen = set()
            value = self._context.once(key, make)
            log.behind[key] = frozenset(log.seen)
        else:
            value = self._context.once(key, make)
        log.seen = before | log.behind[key]
        return value

    def fact(self, key: str, make: Callable[[], T]) -> T:
        """Compute once, or take what an earlier run computed from the same facts."""
        if key not in self._log.behind and (known := self._recall(key)) is not None:
            value, parts = cast("tuple[T, frozenset[Part]]", known)
            self._log.behind[key] = parts
            return self.once(key, lambda: value)
        value = self.once(key, make)
        self.facts[key] = (value, self._log.behind[key])
        return value

    def text(self, path: str, *, limit: int = 1_000_000) -> str | None:
        """Return a file of the tip as text."""
        return CheckContext.text(self, path, limit=limit)  # type: ignore[arg-type]  # it has all that is used

    def watch(self, run: Callable[[CheckContext], T]) -> tuple[T, frozenset[Part]]:
        """Run a check, and return what it stood on beside what it said."""
        self._log.seen = set()
        said = run(self)  # type: ignore[arg-type]  # it has all that a check may use
        return said, frozenset(self._log.seen)
