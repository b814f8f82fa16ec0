"""The one thing that every renderer takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from auditor.model.check import CheckResult, Source
    from auditor.model.coverage import Coverage
    from auditor.model.finding import Finding
    from auditor.model.verdict import Verdict

SCHEMA_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Target:
    """What was audited. `kind` is `repository`, `folder` or `file`; `remote` is the forge address without credentials."""

    name: str
    kind: str
    path: str
    head: str | None = None
    branch: str | None = None
    remote: str | None = None
    bare: bool = False
    first_commit: datetime | None = None
    last_commit: datetime | None = None
    authors: int = 0
    intended: str = "open"


@dataclass(frozen=True, slots=True)
class Tool:
    """What audited it: the version, the digest of the rules, how many, and the policy pack."""

    name: str
    version: str
    rules: int
    rules_digest: str
    policy: str
    policy_title: str = ""
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Attestation:
    """A person's answer, as the report shows it: the statement, the role, dates, and who committed the line."""

    check: str
    answer: str
    statement: str
    role: str
    on: str
    expires: str
    state: str
    committed: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """An answer of a person that ends: an attestation, an accepted finding or an exception.

    `kind` is `attestation`, `accepted` or `exception`; `id` the check, the fingerprint or the exception that it is about.
    """

    kind: str
    id: str
    role: str
    until: date


@dataclass(frozen=True, slots=True)
class Way:
    """One lawful way to open closed code: what stays, what goes, what is to be done. `option` is its name in openness.yml."""

    option: str
    title: str
    meaning: str
    stays: tuple[str, ...]
    goes: tuple[str, ...]
    to_do: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class HistoryFigures:
    """What the history counts: commits, their authors and years, files of today, paths that only the past holds, refs."""

    commits: int
    authors: int
    years: str
    files: int
    historic: int
    refs: int


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything that an audit says. `generated` comes from the clock that was passed in."""

    target: Target
    tool: Tool
    generated: datetime
    findings: tuple[Finding, ...]
    checks: tuple[CheckResult, ...]
    coverage: Coverage
    verdict: Verdict
    attestations: tuple[Attestation, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    ways: tuple[Way, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
