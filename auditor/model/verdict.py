"""The verdict: two routes judged side by side, each with what blocks it. No numeric score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from auditor.model.levels import Level

if TYPE_CHECKING:
    from auditor.model.check import Source
    from auditor.model.levels import Effort, Grade


class Decision(Level):
    """In order: more evidence of harm never moves a decision down this list."""

    READY = "ready"
    READY_WHEN_ATTESTED = "ready_when_attested"
    KEEP_CLOSED = "keep_closed"
    NOT_YET = "not_yet"
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"


class BlockerKind(StrEnum):
    """What a blocker comes from."""

    FINDING = "finding"
    CHECK = "check"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that stands in the way, or that a person must answer for.

    `where` are places in words; `source` is the published rule; `act` is the command that clears it, where there is one.
    """

    id: str
    kind: BlockerKind
    title: str
    where: tuple[str, ...]
    why: str
    source: Source | None
    remediation: str
    effort: Effort
    grade: Grade
    act: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """One way of publishing, judged."""

    decision: Decision
    blockers: tuple[Blocker, ...] = ()
    cautions: tuple[Blocker, ...] = ()
    attestations_due: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision of the intended route, beside both routes.

    `intended` is `full_history` or `fresh_history`; `maturity` is 0 not safe, 1 safe, 2 good, 3 exemplary.
    """

    decision: Decision
    intended: str
    full_history: Route
    fresh_history: Route
    maturity: int = 0
    nearest: str = ""

    @property
    def route(self) -> Route:
        """The route that openness.yml intends."""
        return self.fresh_history if self.intended == "fresh_history" else self.full_history
