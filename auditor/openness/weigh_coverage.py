"""What was not looked at, and what that does to a route: a gap of history leaves it open, closed content needs a person."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from auditor.model.coverage import GapKind, Skipped
from auditor.model.levels import Effort, Grade
from auditor.model.verdict import Blocker, BlockerKind
from auditor.openness.items import Effect, Item
from auditor.openness.route import FULL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from auditor.model.coverage import Coverage
    from auditor.model.openness_file import OpennessFile
    from auditor.openness.route import Frame

_SHOWN: Final = 10


def weigh_coverage(coverage: Coverage, book: OpennessFile, frame: Frame, today: date) -> list[Item]:
    """Return what the parts that nobody read do to one route, those with the same reason together."""
    reviewed = {entry.oid for entry in book.reviewed if entry.oid and entry.on <= today}
    by_path = {entry.path for entry in book.reviewed if not entry.oid and entry.on <= today}
    groups: defaultdict[tuple[GapKind, str, str], list[Skipped]] = defaultdict(list)
    for skipped in coverage.skipped:
        if frame.route != FULL and frame.target.has_history and not skipped.in_tip:
            continue
        if skipped.kind is GapKind.OPAQUE and (skipped.oid in reviewed if skipped.oid else skipped.path in by_path):
            continue
        groups[skipped.kind, skipped.what, skipped.reason].append(skipped)
    return [_item(kind, what, reason, group) for (kind, what, reason), group in groups.items()]


def _item(kind: GapKind, what: str, reason: str, group: list[Skipped]) -> Item:
    gap = kind is GapKind.HISTORY
    blocker = Blocker(
        id=f"{'missing' if gap else 'opaque'}-{'-'.join(what.lower().split())}",
        kind=BlockerKind.COVERAGE,
        title=f"Part of the history is missing: {what}" if gap else f"Closed to the tool: {what}",
        where=_where(group),
        why=f"{reason[:1].upper()}{reason[1:]}. "
        + ("What was not read cannot be called clean." if gap else "Nobody has looked inside."),
        source=None,
        remediation=(
            "Make a full clone with all refs, then scan again."
            if gap
            else "Open each one, look for secrets, personal data and markings, and record it; or take it out."
        ),
        effort=Effort.MINUTES if gap else Effort.HOURS,
        grade=Grade.BLOCKER if gap else Grade.MUST,
        act="" if gap else f"auditor attest --content {group[0].oid or group[0].path}",
    )
    return Item(
        Effect.UNKNOWN if gap else Effect.ANSWER, blocker, tuple(s.path for s in group), by_person=not gap, weight=len(group)
    )


def _where(group: Iterable[Skipped]) -> tuple[str, ...]:
    names = list(dict.fromkeys(" > ".join((s.path or s.oid[:12], *s.container)) for s in group if s.path or s.oid))
    more = len(names) - _SHOWN
    return (*names[:_SHOWN], f"and {more} more") if more > 0 else tuple(names)
