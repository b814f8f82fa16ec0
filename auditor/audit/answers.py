"""Answers of checks that still hold, because nothing that they stand on has changed.

Kept is only what stands on facts of the repository alone, never what the day, a policy, a finding or a person's word decides; and
only after the last look for values in its sentences. Both names and values are sealed, see store.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from auditor.audit.codec import made_of, plain
from auditor.model.check import Outcome
from auditor.openness.observing import Part, WatchedContext
from auditor.openness.registry import CHECKS
from auditor.openness.running import run_check, unbroken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from auditor.audit.store import Store
    from auditor.model.check import CheckResult
    from auditor.openness.answer import Answer
    from auditor.openness.registry import Check, CheckContext

_ANSWER: Final = "answer"
_FACT: Final = "fact"
_MOST_WAYS: Final = 8


class Answers:
    """Answers the checks of one run, from the store where that holds."""

    def __init__(self, store: Store | None, facts: Mapping[str, bytes]) -> None:
        """Take the store, and a digest for each part of the facts; a part without one is not relied on."""
        self._store = store
        self._facts = facts
        self._fresh: dict[str, tuple[Answer, frozenset[Part]]] = {}

    def run(
        self, context: CheckContext, discreet: Callable[[tuple[CheckResult, ...]], tuple[CheckResult, ...]]
    ) -> tuple[CheckResult, ...]:
        """Answer every check, in the order of their ids; `discreet` takes values out of what was not answered before."""
        kept = self._kept()
        watched = WatchedContext(context, self._recall)
        results: dict[str, CheckResult] = {}
        fresh: dict[str, CheckResult] = {}
        for name, item in CHECKS.items():
            answer = kept.get(name) or self._ask(item, watched)
            result = run_check(item, context, answer)
            # Where a person's words stand in the place of the reason, these have to be looked at too.
            holds = name in kept and result.reason == answer.reason
            (results if holds else fresh)[name] = result
        cleaned = {result.check_id: result for result in discreet(tuple(fresh.values()))}
        clean = {name for name, result in fresh.items() if cleaned[name] == result}
        self._keep(_ANSWER, {name: self._fresh[name] for name in clean & self._fresh.keys()})
        self._keep(_FACT, watched.facts)
        results |= cleaned
        return tuple(results[name] for name, _ in CHECKS.items())

    def _ask(self, item: Check, watched: WatchedContext) -> Answer:
        answer, parts = watched.watch(lambda context: unbroken(item, context))
        if answer.outcome is not Outcome.ERROR:
            self._fresh[item.info.id] = (answer, parts)
        return answer

    def _kept(self) -> dict[str, Answer]:
        return {name: said for name, (said, _) in self._known(_ANSWER, [name for name, _ in CHECKS.items()]).items()}

    def _recall(self, fact: str) -> tuple[object, frozenset[Part]] | None:
        return self._known(_FACT, [fact]).get(fact)

    def _known(self, kind: str, names: Sequence[str]) -> dict[str, tuple[Any, frozenset[Part]]]:
        """Return what is kept under these names for the facts as they are, and what it stands on."""
        if self._store is None or not self._facts:
            return {}
        ways = self._store.facts(f"{kind} stands on", [name.encode() for name in names])
        marks = {
            mark: (name.decode(), frozenset(map(Part, way)))
            for name, found in ways.items()
            for way in found
            if (mark := self._mark(name.decode(), way))
        }
        return {marks[mark][0]: (made_of(data), marks[mark][1]) for mark, data in self._store.facts(kind, marks).items()}

    def _keep(self, kind: str, found: Mapping[str, tuple[object, frozenset[Part]]]) -> None:
        if self._store is None or not self._facts:
            return
        marks = {name: mark for name, (_, parts) in found.items() if (mark := self._mark(name, sorted(parts)))}
        ways = {name.encode(): sorted(found[name][1]) for name in marks}
        known = self._store.facts(f"{kind} stands on", ways)
        new = {name: [way, *known.get(name, ())][:_MOST_WAYS] for name, way in ways.items() if way not in known.get(name, ())}
        self._store.note(f"{kind} stands on", new)
        self._store.note(kind, {mark: plain(found[name][0]) for name, mark in marks.items()})

    def _mark(self, name: str, way: Sequence[str]) -> bytes:
        """Name an answer by its check and the facts that it stands on; empty where one of them is not relied on."""
        if not set(way) <= self._facts.keys():
            return b""
        return b"\0".join([name.encode(), *(part.encode() + b"=" + self._facts[part] for part in way)])
