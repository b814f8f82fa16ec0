"""What came of one repository: all that a worker hands back, small enough to send and ready to store. No raw value in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime

    from auditor.model.organisation import ListedRepository, ScanState
    from auditor.model.report import Deadline


def listing_of(listed: ListedRepository) -> str:
    """Return one value for what the inventory says of a repository, by which a push or a changed setting is noticed for free."""
    pushed = listed.pushed_at.isoformat() if listed.pushed_at else ""
    said = (listed.visibility, listed.archived, listed.topics, listed.default_branch, pushed, listed.description)
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Known:
    """What the store has of a repository: the state and basis of its report, and the day from which it may judge otherwise.

    `listing` stands for what the inventory said of it then. `beside` is true where a secret of it stands in a text of the forge
    alone, where only the forge can be asked for it.
    """

    listing: str
    state: str
    basis: str
    key_id: str
    generated: datetime
    stale_from: date | None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding, as it is stored. `standing` is open, rotated, suppressed, or doubtful (of too low a confidence to count)."""

    fingerprint: str
    rule_id: str
    category: str
    title: str
    severity: str
    confidence: str
    exposure: str
    masked: str
    standing: str
    rotated: date | None
    places: int
    first_seen: datetime | None
    link: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """The answer to one check, as it is stored."""

    check_id: str
    title: str
    area: str
    outcome: str
    grade: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A new report and what the store keeps of it beside the document.

    `summary` are plain JSON values: decisions, blockers, answers due, gaps and figures, as the portfolio shows them.
    """

    generated: datetime
    state: str
    findings: tuple[FindingRow, ...]
    checks: tuple[CheckRow, ...]
    answers: tuple[Deadline, ...]
    stale_from: date
    summary: dict[str, Any] = field(repr=False)
    document: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What this run did with one repository; `judged` is None where nothing was scanned.

    `links` are by fingerprint the hashes under another key, where only the organisation's key is new; None otherwise.
    """

    listed: ListedRepository
    state: ScanState
    at: datetime
    seconds: float = 0.0
    problem: str = ""
    judged: Judged | None = None
    links: dict[str, str] | None = None
