"""What the pages ask about one repository: its file, its flags, its place in the order."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from auditor.model.levels import Grade
from auditor.model.organisation import ScanState
from auditor.model.verdict import Decision

if TYPE_CHECKING:
    from datetime import datetime

    from auditor.model.organisation import Portfolio, RepositoryStanding
    from auditor.model.report import Deadline

SOON: Final = timedelta(days=30)
_FOLDER: Final = "repositories"
_ORDER: Final = (
    Decision.READY, Decision.READY_WHEN_ATTESTED, Decision.KEEP_CLOSED, Decision.NOT_YET, Decision.CANNOT_TELL,
)  # fmt: skip
_LAST: Final = 2 * len(_ORDER)
_WAITING: Final = frozenset({Decision.READY_WHEN_ATTESTED, Decision.NOT_YET})


def page_of(full_name: str) -> str:
    """Return the path of a repository's page: readable, safe in any file system, and different for different names."""
    readable = re.sub(r"[^a-z0-9._]+", "-", full_name.lower()).strip("-._")[-60:].lstrip("-._") or "repository"
    return f"{_FOLDER}/{readable}-{hashlib.sha256(full_name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}.html"


def link_to(one: RepositoryStanding, *, above: str = "") -> str:
    """Return the address of the page of a repository; empty where there is no report to show."""
    return f"{above}{page_of(one.listed.full_name)}" if one.decision is not None else ""


def name_of(one: RepositoryStanding | None) -> str:
    """Name the state of a repository as the words, the style and the filter know it."""
    return one.decision.value if one is not None and one.decision is not None else "none"


def distance(one: RepositoryStanding) -> tuple[int, float, int, str]:
    """Sort key, nearest to ready first: what only waits or works comes by its estimate, what nobody can judge comes last."""
    if one.decision is None or one.decision not in _ORDER:
        rank = _LAST
    elif one.decision in _WAITING:
        rank = 1
    else:
        rank = _ORDER.index(one.decision) * 2
    return rank, one.hours, len(one.blockers), one.listed.full_name


def blocking(one: RepositoryStanding) -> int:
    """Count what blocks it by itself."""
    return sum(point.grade is Grade.BLOCKER for point in one.blockers)


def to_answer(one: RepositoryStanding) -> int:
    """Count what is left beside that: what is fixed or answered for, and answers that only people can give."""
    return len(one.blockers) - blocking(one) + len(one.attestations_due)


def waiting(portfolio: Portfolio) -> list[RepositoryStanding]:
    """Return those that are on the way to ready, the nearest first."""
    return sorted((one for one in portfolio.repositories if one.decision in _WAITING), key=distance)


def ending(one: RepositoryStanding, now: datetime) -> list[Deadline]:
    """Return the answers that ended or end soon, the earliest first."""
    last = now.date() + SOON
    return sorted((answer for answer in one.deadlines if answer.until <= last), key=lambda a: (a.until, a.kind, a.id))


def has_gaps(one: RepositoryStanding) -> bool:
    """Tell whether something of the repository was not looked at."""
    return one.decision is None or not one.complete or bool(one.gaps) or one.state in {ScanState.FAILED, ScanState.PENDING}


def movement(one: RepositoryStanding) -> int:
    """Return 1 where the verdict is better than in the run before, -1 where it is worse, 0 where it is the same or unknown."""
    if one.earlier is None or one.decision is None:
        return 0
    before, now = one.earlier.decision.rank, one.decision.rank
    return (before > now) - (before < now)


def changed(one: RepositoryStanding) -> bool:
    """Tell whether the verdict, what is open or the keys to replace are others than in the run before."""
    before = one.earlier
    if before is None or one.decision is None:
        return False
    return (before.decision, before.blockers, before.secrets) != (one.decision, len(one.blockers), len(one.secrets))


def flags(one: RepositoryStanding, now: datetime) -> tuple[str, ...]:
    """Return the conditions by which the list is filtered."""
    moved = movement(one)
    held = {
        "waiting": one.decision in _WAITING,
        "public": one.public_but_not_ready,
        "secrets": bool(one.secrets),
        "ending": bool(ending(one, now)),
        "due": bool(one.attestations_due),
        "unowned": one.unowned,
        "dormant": one.dormant,
        "neglected": one.unowned or one.dormant,
        "gaps": has_gaps(one),
        "failed": one.state in {ScanState.FAILED, ScanState.PENDING},
        "changed": changed(one),
        "better": moved > 0,
        "worse": moved < 0,
    }
    return tuple(name for name, holds in held.items() if holds)
