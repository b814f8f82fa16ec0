"""An openness check: its question, and its answer with evidence. Not checked is a value, never a pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade

if TYPE_CHECKING:
    from datetime import date


class Outcome(StrEnum):
    """The six answers."""

    PASS = "pass"  # noqa: S105  the name of an outcome
    FAIL = "fail"
    ATTESTED = "attested"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"
    ERROR = "error"


class Method(StrEnum):
    """How a check is decided."""

    OFFLINE = "offline"
    """From the repository alone."""
    API = "api"
    """Needs the forge's API."""
    HUMAN = "human"
    """Only a person can say."""
    CANDIDATES = "candidates"
    """The tool finds candidates, a person decides."""


@dataclass(frozen=True, slots=True)
class Source:
    """The published rule that a check stands on."""

    document: str
    section: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One concrete fact: what was seen, and where."""

    text: str
    path: str | None = None
    line: int | None = None
    commit: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """What every face of a check is made of: explain, the docs, the pages.

    `mirrors_findings` marks a check that says no more than its findings do; the verdict then lists those.
    """

    id: str
    title: str
    question: str
    why: str
    remediation: str
    effort: Effort
    who: str
    grade: Grade
    method: Method
    sources: tuple[Source, ...]
    group: str = ""
    mirrors_findings: bool = False


@dataclass(frozen=True, slots=True)
class Attested:
    """Who answered for a check: the role, when, until when, and in what words.

    `musts_only` says that the answer counts for the findings graded must, while blockers among them need entries of their own.
    """

    role: str
    on: date
    until: date | None
    statement: str
    name: str = ""
    commit: str = ""
    evidence: str = ""
    musts_only: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The answer to one check; `reason` says why it is not applicable, not checked or an error."""

    info: CheckInfo
    outcome: Outcome
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    grade: Grade = Grade.INFO
    attested: Attested | None = None

    @property
    def check_id(self) -> str:
        """The id that people quote, such as LIC-01."""
        return self.info.id

    @property
    def blocking(self) -> bool:
        """True when this result alone keeps the verdict from ready."""
        return self.outcome is Outcome.FAIL and self.grade is Grade.BLOCKER
