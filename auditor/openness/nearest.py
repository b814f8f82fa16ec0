"""The nearest way to ready, in one sentence: what to do, and about how long it takes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from auditor.model.levels import Effort
from auditor.model.verdict import BlockerKind, Decision

if TYPE_CHECKING:
    from auditor.model.verdict import Blocker, Route

_HOURS: Final = {Effort.MINUTES: 0.25, Effort.HOURS: 2.0, Effort.DAYS: 12.0}
_FURTHER: Final = 0.25
_NAMED: Final = 2
_SHORT: Final = 90
_SPANS: Final = (
    (0.5, "less than half an hour"),
    (1.5, "about an hour"),
    (4.5, "about half a day"),
    (9.0, "about a day"),
    (20.0, "two or three days"),
    (45.0, "about a week"),
)


def nearest(route: Route) -> str:
    """Say what leads from here to ready; empty where nothing is left to do or the question does not arise."""
    if route.decision in {Decision.READY, Decision.NOT_APPLICABLE}:
        return ""
    parts = [*_finding_parts(route.blockers), *_gap_parts(route.blockers), *_check_parts(route.blockers)]
    if route.attestations_due:
        parts.append(_counted(len(route.attestations_due), "answer 1 question", "answer {} questions"))
    if not parts:
        return ""
    text = f"{', '.join(parts)}: {duration(route)}"
    return f"{text[:1].upper()}{text[1:]}."


def hours(route: Route) -> float:
    """Estimate the work: the first of a kind in full, each further one a quarter of it."""
    kinds = Counter((b.kind, b.title, b.effort) for b in (*route.blockers, *route.attestations_due))
    return sum(_HOURS[effort] * (1 + _FURTHER * (count - 1)) for (_, _, effort), count in kinds.items())


def duration(route: Route) -> str:
    """Say in words how long that takes."""
    return next((words for bound, words in _SPANS if hours(route) <= bound), "more than a week")


def _finding_parts(blockers: tuple[Blocker, ...]) -> list[str]:
    found = [b for b in blockers if b.kind is BlockerKind.FINDING]
    secrets = [b for b in found if b.act.startswith("auditor rotated")]
    others = Counter(b.title for b in found if b not in secrets)
    parts = []
    if secrets:
        parts.append(_counted(len(secrets), "replace this secret", "replace these {} secrets"))
    if others:
        named = ", ".join(title for title, _ in others.most_common(_NAMED))
        more = " and others" if len(others) > _NAMED else ""
        parts.append(
            _counted(sum(others.values()), "take out or answer for 1 finding", "take out or answer for {} findings")
            + f" ({named}{more})"
        )
    return parts


def _gap_parts(blockers: tuple[Blocker, ...]) -> list[str]:
    return ["scan a full clone"] if any(b.kind is BlockerKind.COVERAGE for b in blockers) else []


def _check_parts(blockers: tuple[Blocker, ...]) -> list[str]:
    """Name the gravest steps that can be said in a few words, and count the others."""
    steps = list(dict.fromkeys(_step(b) for b in blockers if b.kind is BlockerKind.CHECK))
    named = [step for step in steps if len(step) <= _SHORT][:_NAMED]
    rest = len(steps) - len(named)
    return (
        [*named, _counted(rest, "1 more step" if named else "1 step", "{} more steps" if named else "{} steps")] if rest else named
    )


def _step(blocker: Blocker) -> str:
    """Return the first clause of the remedy."""
    clause = re.split(r"[,.;:](?:\s|$)", blocker.remediation or blocker.title, maxsplit=1)[0]
    return clause if clause[:2].isupper() else f"{clause[:1].lower()}{clause[1:]}"


def _counted(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.format(number)
