"""Many repositories: what a forge or a list says of each, and the portfolio that is shown of all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from auditor.model.check import Outcome
    from auditor.model.coverage import SkippedGroup
    from auditor.model.levels import Effort, Exposure, Severity
    from auditor.model.report import Deadline
    from auditor.model.verdict import Blocker, Decision


class Visibility(StrEnum):
    """Who can read a repository today."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PRIVATE = "private"
    UNKNOWN = "unknown"
    """A local path or an address of which nothing is known."""


@dataclass(frozen=True, slots=True)
class ListedRepository:
    """A repository of the inventory, before anything is cloned.

    `full_name` names it in every run: `owner/name` of a forge, else the path or address as listed. `clone_url` is an address
    without credentials, or a local path. `web_url` is the page that people open. `unit` is the business unit, where the forge
    keeps one; `size` is in bytes, 0 where unknown. `parent` is the full name of what a fork was made from.
    """

    full_name: str
    clone_url: str
    visibility: Visibility = Visibility.UNKNOWN
    archived: bool = False
    fork: bool = False
    parent: str = ""
    topics: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    unit: str = ""
    default_branch: str = ""
    pushed_at: datetime | None = None
    description: str = ""
    web_url: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class NotVisible:
    """Something that was asked of the forge and not answered: what, of which repository (empty: of the organisation), and why.

    `permission` is the permission of the token that is missing, empty where the reason is another.
    """

    what: str
    repository: str
    reason: str
    permission: str = ""


class ScanState(StrEnum):
    """What this run did with a repository."""

    SCANNED = "scanned"
    UNCHANGED = "unchanged"
    """Its refs, the rules and the policy are those of the stored report, which was used again."""
    FAILED = "failed"
    """It could not be cloned or audited; `problem` says why, and an older report may still be shown."""
    PENDING = "pending"
    """The run ended before it came to this one."""


@dataclass(frozen=True, slots=True)
class OpenSecret:
    """A secret that was found and of which nobody says that it was replaced or is none."""

    fingerprint: str
    rule_id: str
    title: str
    masked: str
    severity: Severity
    exposure: Exposure
    first_seen: datetime | None
    places: int


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """The outcome of one check in one repository."""

    check_id: str
    title: str
    group: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the previous run said of a repository."""

    at: datetime
    decision: Decision
    blockers: int
    secrets: int


@dataclass(frozen=True, slots=True)
class RepositoryStanding:
    """Where one repository stands.

    Everything after `problem` comes from its report and is empty where there is none (`decision` is None then). `scanned_at` is
    when the shown report was made. `decision`, `blockers` and `attestations_due` are those of the intended route; `nearest` is
    the sentence that says what leads to ready, `effort` the largest effort among blockers and answers due, `hours` the estimate by
    which nearest-to-ready is sorted. `complete` is false where part of the history is missing. `secrets` are unrotated ones,
    worst first. `findings` counts what is open by severity. `unowned`: OWN-01 fails. `dormant`: no commit in twelve months.
    """

    listed: ListedRepository
    state: ScanState
    problem: str = ""
    scanned_at: datetime | None = None
    decision: Decision | None = None
    full_history: Decision | None = None
    fresh_history: Decision | None = None
    intended: str = ""
    maturity: int = 0
    blockers: tuple[Blocker, ...] = ()
    attestations_due: tuple[Blocker, ...] = ()
    nearest: str = ""
    effort: Effort | None = None
    hours: float = 0.0
    secrets: tuple[OpenSecret, ...] = ()
    findings: tuple[tuple[Severity, int], ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    checks: tuple[CheckAnswer, ...] = ()
    gaps: tuple[SkippedGroup, ...] = ()
    complete: bool = False
    last_commit: datetime | None = None
    commits: int = 0
    blobs: int = 0
    unowned: bool = False
    dormant: bool = False
    earlier: Earlier | None = None

    @property
    def public_but_not_ready(self) -> bool:
        """True where everybody can read it today, and it would not pass."""
        passing = {"ready", "ready_when_attested"}
        return self.listed.visibility is Visibility.PUBLIC and self.decision is not None and self.decision.value not in passing


@dataclass(frozen=True, slots=True)
class SharedSecret:
    """The same secret in several repositories, linked by its hash under the organisation's key.

    `rotated_in` are those of `repositories` that say that it was replaced: where it is not all of them, somebody did not hear.
    """

    rule_id: str
    title: str
    masked: str
    severity: Severity
    repositories: tuple[str, ...]
    rotated_in: tuple[str, ...] = ()
    first_seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run in the history: when, how many repositories, and how many of each decision, for the trend."""

    at: datetime
    repositories: int
    decisions: tuple[tuple[Decision, int], ...]
    open_secrets: int
    failed: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that the portfolio page says. `generated` comes from the clock that was passed in.

    `title` names the organisation or the list; `runs` are oldest first, this one last; `appeared` and `gone` are full names that
    came into the inventory or left it since the previous run; `selection` says in words which filters were used.
    """

    title: str
    generated: datetime
    version: str
    policy: str
    repositories: tuple[RepositoryStanding, ...]
    shared: tuple[SharedSecret, ...] = ()
    runs: tuple[RunSummary, ...] = ()
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    not_visible: tuple[NotVisible, ...] = ()
    selection: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())
