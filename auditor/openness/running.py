"""Run every registered check and put what the policy and the people say on top of its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.errors import AuditorError
from auditor.model.check import Attested, CheckResult, Evidence, Method, Outcome
from auditor.model.levels import Grade
from auditor.openness.answer import Answer
from auditor.openness.attestation import State, standing_for
from auditor.openness.registry import CHECKS

if TYPE_CHECKING:
    from auditor.model.openness_file import AttestationEntry
    from auditor.openness.registry import Check, CheckContext

_MOST_EVIDENCE: Final = 50
_MUSTS_ONLY: Final = "The answer counts for what is graded must; each blocker needs an entry of its own."


def run_checks(context: CheckContext) -> tuple[CheckResult, ...]:
    """Answer every check, in the order of their ids. A check that breaks says so and does not stop the others."""
    return tuple(run_check(item, context) for _, item in CHECKS.items())


def run_check(item: Check, context: CheckContext, answer: Answer | None = None) -> CheckResult:
    """Answer one check, or take the answer that still holds, and put policy and people's words on top of it."""
    answer = answer or unbroken(item, context)
    grade = context.policy.check_grades.get(item.info.id, item.info.grade)
    if answer.grade is not None:
        grade = min(grade, answer.grade, key=lambda level: level.rank)
    result = CheckResult(info=item.info, outcome=answer.outcome, evidence=answer.evidence, reason=answer.reason, grade=grade)
    return _shortened(_with_attestation(result, context))


def _shortened(result: CheckResult) -> CheckResult:
    """Keep as much evidence as somebody reads; an attestation was held against all of it."""
    more = len(result.evidence) - _MOST_EVIDENCE
    if more <= 0:
        return result
    return replace(result, evidence=(*result.evidence[:_MOST_EVIDENCE], Evidence(f"and {more} more places", count=more)))


def unbroken(item: Check, context: CheckContext) -> Answer:
    """Ask one check; one that breaks is an answer too."""
    try:
        return item.run(context)
    except AuditorError as error:
        return Answer(Outcome.ERROR, reason=str(error))
    except Exception as error:  # noqa: BLE001  one broken check must not cost the verdict; the name is safe to show, the text may not be
        return Answer(Outcome.ERROR, reason=f"The check stopped with {type(error).__name__}; its question is open.")


def attestable(result: CheckResult) -> bool:
    """Tell whether a person's word can stand in for a pass: never for what a machine decides and grades a blocker."""
    open_question = result.outcome in {Outcome.FAIL, Outcome.NOT_CHECKED, Outcome.ERROR}
    by_person = result.info.method in {Method.HUMAN, Method.CANDIDATES, Method.API}
    return open_question and (by_person or result.grade is not Grade.BLOCKER)


def _with_attestation(result: CheckResult, context: CheckContext) -> CheckResult:
    standing = standing_for(result, context)
    if standing is None:
        return result
    if standing.state is State.REFUSED:
        return _changed(result, Outcome.FAIL, standing.reason, standing.entry)
    if attestable(result):
        if standing.state is State.VALID:
            return _changed(result, Outcome.ATTESTED, result.reason, standing.entry)
        return _changed(result, result.outcome, standing.reason, standing.entry)
    if standing.state is State.VALID and result.info.mirrors_findings and result.outcome is Outcome.FAIL:
        answered = _changed(result, Outcome.FAIL, _MUSTS_ONLY, standing.entry)
        return replace(answered, attested=replace(answered.attested, musts_only=True)) if answered.attested else answered
    return result


def _changed(result: CheckResult, outcome: Outcome, reason: str, entry: AttestationEntry) -> CheckResult:
    attested = Attested(
        role=entry.by.role,
        on=entry.on,
        until=entry.expires,
        statement=entry.statement,
        name=entry.by.name,
        commit=entry.commit,
        evidence=entry.evidence,
    )
    return replace(result, outcome=outcome, reason=reason, attested=attested)
