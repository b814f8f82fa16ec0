"""The verdict: a pure function of what was found, what was answered and what was looked at.

Each thing has one effect on a route, and the decision is that of the weightiest effect; so more evidence of harm can only
make it worse, and an answer or a remedy can only make it better.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.model.check import Method, Outcome
from auditor.model.levels import Confidence, Grade
from auditor.model.verdict import Blocker, BlockerKind, Decision, Route, Verdict
from auditor.openness.exceptions import covered, valid_exceptions
from auditor.openness.grading import grade_of
from auditor.openness.items import Effect, Item
from auditor.openness.nearest import nearest
from auditor.openness.route import FRESH, FULL, Frame, TargetFacts
from auditor.openness.weigh_checks import weigh_checks
from auditor.openness.weigh_coverage import weigh_coverage
from auditor.openness.weigh_findings import weigh_findings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from auditor.model.check import CheckResult
    from auditor.model.coverage import Coverage
    from auditor.model.finding import Finding
    from auditor.model.openness_file import OpennessFile
    from auditor.model.policy import Policy

_DECISIONS: Final = {
    Effect.CAUTION: Decision.READY,
    Effect.ANSWER: Decision.READY_WHEN_ATTESTED,
    Effect.MEND: Decision.READY_WHEN_ATTESTED,
    Effect.COVERED: Decision.KEEP_CLOSED,
    Effect.BLOCKS: Decision.NOT_YET,
    Effect.UNKNOWN: Decision.CANNOT_TELL,
}
FRESH_IMPORT: Final = "fresh-import"


def decide(  # noqa: PLR0913  the eight things that a verdict depends on, and on nothing else
    findings: Sequence[Finding],
    checks: Sequence[CheckResult],
    coverage: Coverage,
    book: OpennessFile,
    policy: Policy,
    *,
    target: TargetFacts,
    today: date,
    min_confidence: Confidence = Confidence.MEDIUM,
) -> Verdict:
    """Judge both routes side by side, and take the decision of the intended one."""
    by_id = {result.check_id: result for result in checks}

    def judge(name: str) -> Route:
        frame = Frame(name, target, min_confidence)
        items = [
            *weigh_coverage(coverage, book, frame, today),
            *weigh_findings(findings, by_id, policy, frame),
            *weigh_checks(checks, policy, frame, today),
        ]
        return _route(items, book, today)

    full = judge(FULL) if target.has_history else Route(Decision.NOT_APPLICABLE)
    fresh = judge(FRESH)
    intended = FRESH if book.history_option == FRESH_IMPORT or not target.has_history else FULL
    route = fresh if intended == FRESH else full
    return Verdict(
        decision=route.decision,
        intended=intended,
        full_history=full,
        fresh_history=fresh,
        maturity=_maturity(route, findings, checks, policy, min_confidence),
        nearest=nearest(route),
    )


def _route(items: list[Item], book: OpennessFile, today: date) -> Route:
    exceptions = valid_exceptions(book, today)
    closed = book.intended == "closed" and bool(exceptions)
    if closed:
        items = [_under_exceptions(item, exceptions) for item in items]
    weightiest = max((item.effect for item in items), key=lambda effect: effect.rank, default=Effect.CAUTION)
    if closed:
        # A repository that is meant to stay closed, for a recorded reason, is not offered as ready.
        weightiest = max(weightiest, Effect.COVERED, key=lambda effect: effect.rank)
    ordered = sorted(items, key=_order)
    return Route(
        decision=_DECISIONS[weightiest],
        blockers=tuple(i.blocker for i in ordered if i.effect in {Effect.UNKNOWN, Effect.BLOCKS, Effect.MEND}),
        cautions=tuple(i.blocker for i in ordered if i.effect in {Effect.CAUTION, Effect.COVERED}),
        attestations_due=tuple(i.blocker for i in ordered if i.effect is Effect.ANSWER),
    )


def _under_exceptions(item: Item, exceptions: tuple[str, ...]) -> Item:
    if item.effect not in {Effect.BLOCKS, Effect.MEND, Effect.ANSWER} or not covered(item.paths, exceptions):
        return item
    blocker = replace(item.blocker, why=f"Covered by a valid exception of openness.yml. {item.blocker.why}".strip())
    return replace(item, effect=Effect.COVERED, blocker=blocker)


def _order(item: Item) -> tuple[int, int, bool, int, str]:
    """Known blockers first, then gaps; the graver before the lesser, the machine's before the person's."""
    known = item.blocker.kind is not BlockerKind.COVERAGE
    return (-item.blocker.grade.rank, -int(known), item.by_person, -item.weight, item.blocker.id)


def _maturity(
    route: Route, findings: Sequence[Finding], checks: Sequence[CheckResult], policy: Policy, min_confidence: Confidence
) -> int:
    """0 not safe to open, 1 safe, 2 good, 3 exemplary. What nobody looked at lifts no level."""
    if route.decision in {Decision.NOT_YET, Decision.CANNOT_TELL, Decision.KEEP_CLOSED, Decision.NOT_APPLICABLE}:
        return 0
    unconfirmed = [r for r in checks if r.outcome in {Outcome.NOT_CHECKED, Outcome.ERROR} and r.info.method is Method.API]
    if route.decision is not Decision.READY or any(r.grade.rank >= Grade.MUST.rank for r in unconfirmed):
        return 1
    advice = any(r.grade is Grade.SHOULD and r.outcome in {Outcome.FAIL, Outcome.NOT_CHECKED, Outcome.ERROR} for r in checks)
    advised = any(
        grade_of(f, policy) is Grade.SHOULD and f.suppression is None and f.confidence.rank >= min_confidence.rank for f in findings
    )
    return 2 if advice or advised else 3


def all_blockers(verdict: Verdict) -> tuple[Blocker, ...]:
    """Return what stands in the way of the intended route, and what a person must still answer."""
    return (*verdict.route.blockers, *verdict.route.attestations_due)
