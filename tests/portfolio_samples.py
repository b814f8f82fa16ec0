"""Sample portfolios, built by hand: what the site is tested with, without any forge, store or scan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from auditor.model.check import Outcome
from auditor.model.coverage import GapKind, SkippedGroup
from auditor.model.levels import Effort, Exposure, Severity
from auditor.model.organisation import (
    CheckAnswer,
    Earlier,
    ListedRepository,
    NotVisible,
    OpenSecret,
    Portfolio,
    RepositoryStanding,
    RunSummary,
    ScanState,
    SharedSecret,
    Visibility,
)
from auditor.model.report import AuditReport, Deadline
from auditor.model.verdict import Decision
from tests.samples import HOSTILE, NOW, blocker_aws, blocker_nino, due_fraud, not_yet, ready

DECISIONS = (Decision.READY, Decision.READY_WHEN_ATTESTED, Decision.KEEP_CLOSED, Decision.NOT_YET, Decision.CANNOT_TELL)
SECRET = OpenSecret(
    "val-3c9a41d07be65f2a",
    "aws-access-key",
    "AWS access key",
    "AKIA**** (medium)",
    Severity.CRITICAL,
    Exposure.HEAD,
    NOW - timedelta(days=1300),
    2,
)
TITLES = ("A licence file is at the top", "A README says what this is", "A named owner", "A security contact", "No fraud detection")


def answers(number: int) -> tuple[CheckAnswer, ...]:
    """Checks whose outcomes differ from repository to repository."""
    outcomes = list(Outcome)
    return tuple(
        CheckAnswer(
            f"LIC-{check:02}", f"{TITLES[check % len(TITLES)]} ({check})", "licence", outcomes[(number * check) % len(outcomes)]
        )
        for check in range(1, 13)
    )


def standing(number: int) -> RepositoryStanding:
    """One repository, different by its number in everything that the pages look at."""
    decision = DECISIONS[number % len(DECISIONS)]
    visibility = list(Visibility)[number % 3]
    open_points = decision in {Decision.NOT_YET, Decision.CANNOT_TELL}
    return RepositoryStanding(
        ListedRepository(
            f"example-department/service-{number:04}",
            f"https://github.com/example-department/service-{number:04}.git",
            visibility=visibility,
            archived=number % 11 == 0,
            fork=number % 13 == 0,
            topics=("payments", "internal-tool")[: number % 3],
            teams=(f"team-{number % 7}",) if number % 4 else (),
            unit=f"Unit {number % 3}",
            default_branch="main",
            pushed_at=NOW - timedelta(days=number % 900),
            web_url=f"https://github.com/example-department/service-{number:04}",
        ),
        ScanState.UNCHANGED if number % 2 else ScanState.SCANNED,
        scanned_at=NOW,
        decision=decision,
        full_history=decision,
        fresh_history=Decision.READY,
        intended="full_history",
        maturity=number % 4,
        blockers=(blocker_aws(), blocker_nino())[: 1 + number % 2] if open_points else (),
        attestations_due=() if decision is Decision.READY else (due_fraud(),),
        nearest="" if decision is Decision.READY else "Replace this secret, answer 1 question: about half a day.",
        effort=None if decision is Decision.READY else Effort.HOURS,
        hours=0.0 if decision is Decision.READY else 0.25 * (number % 40 + 1),
        secrets=(replace(SECRET, first_seen=NOW - timedelta(days=number)), replace(SECRET, exposure=Exposure.BRANCH_OR_TAG))
        if open_points and number % 2
        else (),
        findings=((Severity.HIGH, number % 5), (Severity.LOW, number % 3)),
        deadlines=(
            Deadline("exception", f"closed-{number}", "Head of digital", NOW.date() + timedelta(days=number % 90 - 20)),
            Deadline("accepted", "val-77aa41d07be65f2a", "Developer", NOW.date() + timedelta(days=200)),
        )
        if number % 5 == 2
        else (),
        checks=answers(number),
        gaps=(SkippedGroup(GapKind.OPAQUE, "archive", "encrypted", 3),) if number % 6 == 0 else (),
        complete=decision is not Decision.CANNOT_TELL,
        last_commit=NOW - timedelta(days=number % 900),
        commits=number * 7,
        blobs=number * 31,
        unowned=number % 9 == 0,
        dormant=number % 900 > 365,
        earlier=Earlier(NOW - timedelta(days=7), DECISIONS[(number + number % 3 // 2) % len(DECISIONS)], 2, 1),
    )


def failed(name: str, problem: str) -> RepositoryStanding:
    """A repository that could not be cloned."""
    return RepositoryStanding(ListedRepository(name, name, visibility=Visibility.PRIVATE), ScanState.FAILED, problem)


def portfolio(count: int = 30) -> Portfolio:
    """Repositories of every sort, with runs before this one."""
    repositories = tuple(standing(number) for number in range(count))
    names = [one.listed.full_name for one in repositories]
    runs = tuple(
        RunSummary(
            NOW - timedelta(days=7 * back),
            max(count - back, 0),
            tuple((decision, max(count - back, 0) // 6) for decision in DECISIONS),
            count,
        )
        for back in range(12, -1, -1)
    )
    return Portfolio(
        title="example-department",
        generated=NOW,
        version="1.0.0",
        policy="Government Digital Service",
        repositories=(*repositories, failed("example-department/lost-service", "The forge answered that it does not exist.")),
        shared=(
            SharedSecret(
                "aws-access-key", "AWS access key", "AKIA**** (medium)", Severity.CRITICAL, tuple(names[:3]), tuple(names[:1]), NOW
            ),
        ),
        runs=runs,
        appeared=tuple(names[:2]),
        gone=("example-department/gone-service",),
        not_visible=tuple(
            NotVisible("branch protection", name, "the token may not see it", "administration: read") for name in names[:4]
        ),
        selection=("topic payments",),
        warnings=("Two repositories were renamed.",),
    )


def hostile_portfolio() -> Portfolio:
    """Names, topics and reasons that attack whatever shows them."""
    bad = replace(
        standing(3),
        listed=ListedRepository(
            f"{HOSTILE}/../../{'a' * 300}",
            HOSTILE,
            visibility=Visibility.PUBLIC,
            topics=(HOSTILE, "=1+1"),
            teams=(f'"><img src=x onerror=alert(1)>{HOSTILE}',),
            unit=HOSTILE,
            web_url="javascript:alert(1)",
        ),
        problem=HOSTILE,
        nearest=HOSTILE,
        checks=(CheckAnswer(HOSTILE, HOSTILE, HOSTILE, Outcome.FAIL),),
        secrets=(replace(SECRET, title=HOSTILE, masked=HOSTILE),),
        deadlines=(Deadline(HOSTILE, HOSTILE, HOSTILE, NOW.date()),),
        gaps=(SkippedGroup(GapKind.OPAQUE, HOSTILE, HOSTILE, 1),),
    )
    return replace(
        portfolio(3),
        title=HOSTILE,
        repositories=(bad, standing(1)),
        shared=(SharedSecret(HOSTILE, HOSTILE, HOSTILE, Severity.LOW, (HOSTILE, HOSTILE)),),
        appeared=(HOSTILE,),
        gone=(HOSTILE,),
        not_visible=(NotVisible(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        selection=(HOSTILE,),
        warnings=(HOSTILE,),
    )


def report_of(name: str) -> AuditReport:
    """A readiness report for any name."""
    return not_yet() if name.endswith(("1", "3", "5", "7", "9")) else ready()
