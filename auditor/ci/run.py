"""One run in a pipeline: plan, range, audit, judgement. What is shown of it is in surfaces.py."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

from auditor.audit import Changes, audit, exit_code
from auditor.ci.changes import Additions, additions
from auditor.ci.commits import Commits, governing, resolve
from auditor.ci.events import Scope
from auditor.errors import ExitCode
from auditor.model.coverage import GapKind
from auditor.model.levels import Grade
from auditor.reports import facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditor.ci.commits import Range
    from auditor.ci.events import Plan
    from auditor.config import Settings
    from auditor.model.coverage import Skipped
    from auditor.model.finding import Finding
    from auditor.model.progress import Progress
    from auditor.model.report import AuditReport

    Read = Callable[[str], bytes | None]

_SMALL: Final = 100
"""Commits that one process looks through faster than several could be started."""
_BASELINES: Final = (".gitleaksignore", ".secrets.baseline")


class FailOn(StrEnum):
    """What makes the run fail. `auto` is `new` where only the addition is judged, `blocking` elsewhere."""

    AUTO = "auto"
    NEW = "new"
    BLOCKING = "blocking"
    ANY = "any"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the user wants it judged. `baseline` is the path of a baseline in the repository, instead of the usual ones."""

    fail_on: FailOn = FailOn.AUTO
    baseline: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What came out: the plan, the range (None where everything was looked at), the report, what the change adds."""

    plan: Plan
    found: Range | None
    report: AuditReport
    added: Additions
    fail_on: FailOn
    gaps: tuple[Skipped, ...] = ()

    @property
    def new(self) -> tuple[Finding, ...]:
        """The open findings that the change brings; where everything was looked at, none is new."""
        return self.added.failing if self.found is not None else ()

    @property
    def code(self) -> ExitCode:
        """What the process promises to the shell."""
        return _code(self)


@dataclass(frozen=True, slots=True)
class Ground:
    """The settings of a run, once the commit whose settings count is known."""

    settings: Settings
    fixed: frozenset[str] = frozenset()


def run(  # noqa: PLR0913  what a run depends on, each by name
    path: Path,
    plan: Plan,
    ground: Callable[[Read | None], Ground],
    wanted: Wanted,
    *,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Run | None:
    """Audit what the plan means; None where there is nothing to look at.

    Args:
        path: the checkout.
        plan: what the event means.
        ground: makes the settings; it is given a reader of the base where the base's settings count.
        wanted: how to judge.
        progress: hears how far it is.
        now: the clock, the system's when it is None.

    Raises:
        AuditorError: this clone lacks what is to be judged, or the audit cannot be made.
    """
    if plan.scope is Scope.NOTHING:
        return None
    now = now or datetime.now(UTC)
    with Commits(path) as commits:
        found = resolve(plan, commits)
        settled = governing(plan, commits, found)
        base = partial(commits.read, settled) if settled else None
        basis = ground(base)
        head = commits.commit_of(plan.head) or commits.tip
        own: Read = partial(commits.read, found.head if found else head)
        changes = Changes(
            commits=str(found) if found else "",
            trusted=_reader(base, own, wanted.baseline),
            replaced=commits.replaced(found.fork, found.head) if found else frozenset(),
        )
        settings = basis.settings
        if found and not settings.workers and found.count <= _SMALL:
            settings = replace(settings, workers=1)  # starting processes would take longer than the work
        report = audit(path, settings, changes=changes, fixed=basis.fixed, progress=progress, now=now)
        added = Additions()
        gaps: tuple[Skipped, ...] = ()
        if found is not None:
            added = additions(
                report.findings,
                floor=basis.settings.min_confidence,
                base=base or partial(commits.read, found.base),
                head=own,
                ancestors=commits.reached,
                today=now.date(),
                changed=commits.changed(found.fork, found.head),
            )
            gaps = _gaps(report, frozenset(commits.between(found.base, found.head)))
    fail_on = wanted.fail_on
    if fail_on is FailOn.AUTO:
        fail_on = FailOn.NEW if plan.judges_addition else FailOn.BLOCKING
    return Run(plan, found, report, added, fail_on, gaps)


def open_findings(report: AuditReport) -> tuple[Finding, ...]:
    """Return the findings that somebody still has to deal with, worst first."""
    return tuple(f for f in facts.counted(report.findings) if f.rotated is None and f.grade is not Grade.INFO)


def only_new(outcome: Run) -> AuditReport:
    """Return the report with the findings of the change alone, for marks beside its lines."""
    return replace(outcome.report, findings=outcome.new) if outcome.found is not None else outcome.report


def _reader(base: Read | None, own: Read, baseline: str) -> Read | None:
    """Return what reads the files that decide; None where the target's own do as usual."""
    if not baseline:
        return base
    read = base or own
    stands_for = next((name for name in _BASELINES if baseline.endswith(name)), ".secrets.baseline")
    return lambda name: read(baseline if name == stands_for else name)


def _gaps(report: AuditReport, commits: frozenset[str]) -> tuple[Skipped, ...]:
    """Return what is missing inside the range; what a shallow clone lacks before it does not matter here."""
    return tuple(
        gap
        for gap in report.coverage.skipped
        if gap.kind is GapKind.HISTORY
        and not (gap.what == "commit" and gap.oid not in commits)
        and "shallow" not in f"{gap.what} {gap.reason}"
    )


def _code(outcome: Run) -> ExitCode:
    verdict = exit_code(outcome.report)
    ranged = outcome.found is not None
    if outcome.gaps or (not ranged and verdict is ExitCode.COULD_NOT_JUDGE):
        return ExitCode.COULD_NOT_JUDGE
    match outcome.fail_on:
        case FailOn.NEVER:
            failed = False
        case FailOn.NEW if ranged:
            failed = bool(outcome.new)
        case FailOn.ANY:
            failed = bool(outcome.new or open_findings(outcome.report) or outcome.report.verdict.route.blockers)
        case _:
            failed = bool(outcome.new) or verdict is not ExitCode.NOTHING_BLOCKS
    return ExitCode.NOT_YET if failed else ExitCode.NOTHING_BLOCKS
