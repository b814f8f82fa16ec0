"""What the checks' answers do to a route."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from auditor.model.check import CheckResult, Method, Outcome
from auditor.model.levels import Grade
from auditor.model.verdict import Blocker, BlockerKind
from auditor.openness.items import Effect, Item
from auditor.openness.route import FULL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from auditor.model.check import Evidence
    from auditor.model.policy import Policy
    from auditor.openness.route import Frame

_SHOWN: Final = 10
_ONLY_WITH_HISTORY: Final = frozenset(
    {"HIS-01", "HIS-02", "HIS-03", "HIS-07", "HIS-08", "SEC-02", "SEC-03", "SEC-04", "SEC-05", "CLS-05", "SUP-09"}
)
_SAID_BY_COVERAGE: Final = frozenset({"HIS-01"})
_DUE_SOON: Final = timedelta(days=30)


def weigh_checks(checks: Iterable[CheckResult], policy: Policy, frame: Frame, today: date) -> list[Item]:
    """Return what the checks do to one route; checks that only mirror findings, or the coverage, add nothing of their own."""
    items = []
    for result in checks:
        if frame.route != FULL and result.check_id in _ONLY_WITH_HISTORY:
            continue
        if result.check_id in _SAID_BY_COVERAGE and result.outcome is Outcome.FAIL:
            continue
        effect = _effect(result, policy, today)
        if effect is not None:
            items.append(_item(result, effect, policy))
    return items


def _effect(result: CheckResult, policy: Policy, today: date) -> Effect | None:  # noqa: PLR0911  one line per row of the table
    person = result.info.method in {Method.HUMAN, Method.CANDIDATES}
    required = result.check_id in policy.required_attestations
    weighs = result.grade.rank >= Grade.MUST.rank or required
    match result.outcome:
        case Outcome.PASS | Outcome.NOT_APPLICABLE:
            return None
        case Outcome.ATTESTED:
            until = result.attested.until if result.attested else None
            return Effect.CAUTION if until is not None and until - today <= _DUE_SOON else None
        case Outcome.FAIL if result.info.mirrors_findings:
            return None
        case Outcome.FAIL if result.grade is Grade.BLOCKER:
            return Effect.BLOCKS
        case Outcome.FAIL if weighs:
            return Effect.ANSWER if person else Effect.MEND
        case Outcome.NOT_CHECKED if result.info.method is Method.API:
            return Effect.CAUTION if weighs else None
        case Outcome.NOT_CHECKED if weighs:
            return Effect.ANSWER
        case Outcome.ERROR if weighs:
            # A check that broke has looked at nothing: somebody has to.
            return Effect.ANSWER
    return Effect.CAUTION if result.grade is Grade.SHOULD else None


def _item(result: CheckResult, effect: Effect, policy: Policy) -> Item:
    info = result.info
    line = next((line for line in policy.lines if line.subject == info.id), None)
    person = info.method in {Method.HUMAN, Method.CANDIDATES} or effect is Effect.ANSWER
    blocker = Blocker(
        id=info.id,
        kind=BlockerKind.CHECK,
        title=info.title,
        where=_where(result),
        why=_why(result, effect),
        source=line.source if line else next(iter(info.sources), None),
        remediation=info.remediation,
        effort=info.effort,
        grade=result.grade,
        act=_act(result, effect),
    )
    paths = tuple(dict.fromkeys(e.path or "" for e in result.evidence)) or ("",)
    return Item(effect, blocker, paths, by_person=person)


def _act(result: CheckResult, effect: Effect) -> str:
    if effect in {Effect.ANSWER, Effect.MEND} or result.info.method in {Method.HUMAN, Method.CANDIDATES}:
        return f"auditor attest {result.check_id}"
    return ""


def _why(result: CheckResult, effect: Effect) -> str:
    if effect is Effect.CAUTION and result.outcome is Outcome.ATTESTED and result.attested and result.attested.until:
        return f"The answer expires on {result.attested.until.isoformat()}."
    if result.outcome is Outcome.NOT_CHECKED and result.info.method is Method.API:
        return f"Confirm on the forge: {result.reason or result.info.question}"
    return f"{result.info.why} {result.reason}".strip()


def _where(result: CheckResult) -> tuple[str, ...]:
    described = list(dict.fromkeys(_place(evidence) for evidence in result.evidence))
    more = len(described) - _SHOWN
    return (*described[:_SHOWN], f"and {more} more") if more > 0 else tuple(described)


def _place(evidence: Evidence) -> str:
    if evidence.path is None:
        return evidence.text + (f", commit {evidence.commit[:12]}" if evidence.commit else "")
    place = evidence.path + (f":{evidence.line}" if evidence.line else "")
    return f"{place}: {evidence.text}" if evidence.text else place
