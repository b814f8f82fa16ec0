"""What people answered: the content of openness.yml (published) and of its private part, after validation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

PLACES: Final = ("openness.yml", ".github/openness.yml")
"""Where the published file may be, the first one that exists counts."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who answered: the role always, the name (or a team handle) where they wish."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class AttestationEntry:
    """A person's answer to a check, bound to a commit and, where `covers` is given, to paths."""

    check: str
    answer: str
    statement: str
    by: Person
    on: date
    expires: date
    commit: str = ""
    covers: tuple[str, ...] = ()
    evidence: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class RotatedSecret:
    """A secret that was replaced; the value in history opens nothing any more."""

    fingerprint: str
    rotated_on: date
    by: Person
    evidence: str = ""
    commit: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class AcceptedFinding:
    """A finding that a person looked at: false-positive, test-data or public-by-design."""

    fingerprint: str
    reason: str
    by: Person
    expires: date
    on: date | None = None
    note: str = ""
    commit: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ClosedSubset:
    """An exception: paths that stay closed, on which ground, approved by whom, until when. The threat model may be private.

    `private_threat_model` says that attacker, what publication adds and path to harm are kept outside the repository.
    """

    id: str
    paths: tuple[str, ...]
    ground: str
    approved_by: Person
    on: date
    review_by: date
    attacker: str = ""
    publication_adds: str = ""
    path_to_harm: str = ""
    plan_to_open: str = ""
    line: int | None = None
    private_threat_model: bool = False


@dataclass(frozen=True, slots=True)
class ReviewedContent:
    """Opaque content that a person opened and looked at."""

    oid: str
    path: str
    by: Person
    on: date
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person who reviewed the repository, independent of its development or not."""

    role: str
    independent: bool
    on: date
    scope: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class OpennessFile:
    """The whole file; every part may be empty.

    `intended` is open, closed or part; `history_option` one of the three lawful ways.
    """

    owner_team: str = ""
    contact: str = ""
    organisation: str = ""
    policy: str = ""
    intended: str = "open"
    history_option: str = ""
    history_reason: str = ""
    attestations: tuple[AttestationEntry, ...] = ()
    rotated: tuple[RotatedSecret, ...] = ()
    accepted: tuple[AcceptedFinding, ...] = ()
    exceptions: tuple[ClosedSubset, ...] = ()
    reviewed: tuple[ReviewedContent, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()
    path: str = ""
    problems: tuple[str, ...] = field(default=())
