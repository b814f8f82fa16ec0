"""From a match in one piece of content to a finding: one secret with all its places."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date, datetime

    from auditor.model.blob import Origin
    from auditor.model.levels import Confidence, Exposure, Grade, Severity
    from auditor.model.rule import Category, Remediation


AS_EXAMPLE: Final = "given as an example"
"""The note on a match whose name says that it is an example, as the description of an interface has them."""


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open byte range in the content of the innermost container, before decoding."""

    start: int
    end: int

    def __reduce__(self) -> tuple[type[Span], tuple[int, int]]:
        """Be made again from the parts: what a dataclass does by itself takes several times as long."""
        return Span, (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count: an inline mark, another tool's baseline, or an accepted entry of openness.yml."""

    source: str
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A confirmed match, as a worker hands it over: no raw value in it.

    `key` is the HMAC of the value under the key of this run, by which equal values are merged;
    `digest` is the SHA-256 of the value, only where the rule's format is random enough to make guessing hopeless.
    `line` is 1-based, or None where there are no lines; `notes` say in words why it was flagged or lowered.
    """

    rule_id: str
    oid: str
    origin: Origin
    span: Span
    masked: str
    key: bytes
    severity: Severity
    confidence: Confidence
    line: int | None = None
    column: int | None = None
    container: tuple[str, ...] = ()
    path: str | None = None
    digest: str | None = None
    suppression: Suppression | None = None
    notes: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type[Match], tuple[object, ...]]:
        """Be made again from the parts: tens of thousands come from the workers."""
        return Match, _PARTS(self)


_PARTS: Final = attrgetter(*(part.name for part in fields(Match)))


@dataclass(frozen=True, slots=True)
class Location:
    """One place: `path` is null for messages and names, `line` where there are no lines, `commit` for uncommitted content.

    `container` is the way in as text (`word/comments.xml`, `base64`, `commit message`), empty for a plain file.
    `gone` is the author date of the commit that took the content away from this path, where there is one.
    """

    path: str | None
    line: int | None = None
    column: int | None = None
    commit: str | None = None
    authored: datetime | None = None
    container: str = ""
    exposure: Exposure | None = None
    oid: str = ""
    gone: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One secret, identifier, marking or risky file, with all its places, worst exposure first.

    `grade` is what it does to the verdict before attestations; `rotated` is the attested date of rotation.
    `known` is true where only a range was looked at and its base holds the same value: the range did not bring it.
    `link` is the keyed hash of the value under an organisation's key, where one was given; no report shows it.
    """

    fingerprint: str
    rule_id: str
    title: str
    category: Category
    severity: Severity
    confidence: Confidence
    grade: Grade
    exposure: tuple[Exposure, ...]
    locations: tuple[Location, ...]
    masked: str
    remediation: Remediation
    description: str = ""
    provider: str = ""
    references: tuple[str, ...] = ()
    suppression: Suppression | None = None
    rotated: date | None = None
    notes: tuple[str, ...] = ()
    in_test_code: bool = False
    origin_tool: str = "auditor"
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    related: tuple[str, ...] = ()
    known: bool = False
    link: str = ""

    @property
    def first(self) -> Location:
        """The place to show first."""
        return self.locations[0]
