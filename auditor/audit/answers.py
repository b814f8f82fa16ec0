"""Answers of checks that still hold, because nothing that they stand on has changed.

Kept is an answer only after the last look for values in its sentences. Both names and values are sealed, see store.py.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from auditor.audit.codec import made_of, plain
from auditor.model.check import Outcome
from auditor.openness.observing import Part, WatchedContext
from auditor.openness.registry import CHECKS, Check
from auditor.openness.running import run_check, unbroken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from auditor.audit.store import Store
    from auditor.model.check import CheckInfo, CheckResult
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_CATALOGUE: Final = "checks"
_ANSWER: Final = "answer"
_FACT: Final = "fact"
_MOST_WAYS: Final = 8


class Answers:
    """Answers the checks of one run, from the store where that holds."""

    def __init__(self, store: Store | None, facts: Mapping[str, bytes]) -> None:
        """Take the store, and a digest for each part of the facts of the repository; a part without one is not relied on."""
        self._store = store
        self._facts = dict(facts)
        self._fresh: dict[str, tuple[Answer, frozenset[Part]]] = {}

    def run(
        self, context: CheckContext, discreet: Callable[[tuple[CheckResult, ...]], tuple[CheckResult, ...]]
    ) -> tuple[CheckResult, ...]:
        """Answer every check, in the order of their ids; `discreet` takes values out of what was not answered before."""
        if self._facts:
            self._facts |= _beside(context)
        checks = self._checks()
        kept = {name: said for name, (said, _) in self._known(_ANSWER, list(checks)).items()}
        watched = WatchedContext(context, self._recall)
        results: dict[str, CheckResult] = {}
        fresh: dict[str, CheckResult] = {}
        for name, item in checks.items():
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
        return tuple(results[name] for name in checks)

    def _checks(self) -> Mapping[str, Check]:
        """Return all checks; those whose answers are known need not be loaded."""
        name = b"all"
        if self._store is None or not self._facts:
            return dict(CHECKS.items())
        if name not in (known := self._store.facts(_CATALOGUE, [name])):
            homes = [[of, CHECKS.home(item.run.__module__)] for of, item in CHECKS.items()]
            self._store.note(_CATALOGUE, {name: [plain([item.info for _, item in CHECKS.items()]), homes]})
            return dict(CHECKS.items())
        infos: tuple[CheckInfo, ...] = made_of(known[name][0])
        CHECKS.know(dict(known[name][1]))
        return {info.id: Check(info, partial(_ask_late, info.id)) for info in infos}

    def _ask(self, item: Check, watched: WatchedContext) -> Answer:
        answer, parts = watched.watch(lambda context: unbroken(item, context))
        if answer.outcome is not Outcome.ERROR:
            self._fresh[item.info.id] = (answer, parts)
        return answer

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


def _ask_late(check_id: str, context: CheckContext) -> Answer:
    return CHECKS[check_id].run(context)


def _beside(context: CheckContext) -> dict[str, bytes]:
    """Return a digest for each part of what is beside the facts of the repository."""
    parts = {
        Part.FINDINGS: json.dumps(plain(context.findings)),
        Part.COVERAGE: json.dumps(plain(context.coverage)),
        Part.BOOK: repr(context.book),
        Part.POLICY: repr(context.policy),
        Part.TODAY: context.today.isoformat(),
    }
    return {part.value: hashlib.sha256(said.encode("utf-8", "surrogateescape")).digest() for part, said in parts.items()}
