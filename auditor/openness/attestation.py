"""Does a person's answer still hold? Expiry, binding to a commit and to paths, contradiction, a second person.

An answer that does not hold leaves the question as open as if nobody had answered, and the reason is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from auditor.model.check import Outcome
from auditor.openness.dates import add_months
from auditor.openness.globs import matches
from auditor.openness.second_person import by_another

if TYPE_CHECKING:
    from auditor.model.check import CheckResult
    from auditor.model.openness_file import AttestationEntry
    from auditor.openness.registry import CheckContext

ANSWERS_THAT_HOLD: Final = frozenset({"none", "confirmed", "present-and-announced", "not-applicable", "accepted"})
"""Answers that settle the question; every other answer admits that it is open."""
_DENIALS: Final = frozenset({"none", "not-applicable"})


class State(StrEnum):
    """What became of an answer."""

    VALID = "valid"
    EXPIRED = "expired"
    STALE = "stale"
    CONTRADICTED = "contradicted"
    NOT_COVERING = "not_covering"
    NEEDS_SECOND_PERSON = "needs_second_person"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry, what became of it, and why in one sentence."""

    entry: AttestationEntry
    state: State
    reason: str = ""


def standing_for(result: CheckResult, context: CheckContext) -> Standing | None:
    """Return what the best entry for this check is worth; None where nobody answered."""
    standings = [standing_of(entry, result, context) for entry in context.book.attestations if entry.check == result.check_id]
    if not standings:
        return None
    refused = [s for s in standings if s.state is State.REFUSED]
    valid = [s for s in standings if s.state is State.VALID]
    # An admission outweighs a clearance only if it is the newer word.
    return max([*refused, *valid] or standings, key=lambda s: (s.entry.on, s.state is State.REFUSED))


def standing_of(entry: AttestationEntry, result: CheckResult, context: CheckContext) -> Standing:
    """Return what one entry is worth for the result of its check."""
    state, reason = _state(entry, result, context)
    return Standing(entry, state, reason)


def _state(entry: AttestationEntry, result: CheckResult, context: CheckContext) -> tuple[State, str]:  # noqa: PLR0911  one line per rule
    where = f"openness.yml line {entry.line}" if entry.line else "openness.yml"
    if entry.answer not in ANSWERS_THAT_HOLD:
        return State.REFUSED, f"The answer in {where} is {entry.answer!r}: {entry.statement}".rstrip(": ")
    if entry.on > context.today:
        return State.EXPIRED, f"The answer in {where} is dated {entry.on.isoformat()}, which is still to come."
    if entry.expires < context.today:
        return State.EXPIRED, f"The answer in {where} expired on {entry.expires.isoformat()}."
    if entry.expires > add_months(entry.on, context.policy.attestation_months_most):
        months = context.policy.attestation_months_most
        return State.EXPIRED, f"The answer in {where} would hold for longer than the {months} months that the policy allows."
    if result.outcome is Outcome.FAIL and entry.answer in _DENIALS and result.evidence:
        return State.CONTRADICTED, f"The answer in {where} is {entry.answer!r}, but {_seen(result)}."
    paths = sorted({e.path for e in result.evidence if e.path})
    if entry.covers:
        outside = [path for path in paths if not matches(path, entry.covers)]
        if outside:
            return State.NOT_COVERING, f"The answer in {where} does not cover {outside[0]}."
    return _against_history(entry, where, paths, context)


def _against_history(entry: AttestationEntry, where: str, paths: list[str], context: CheckContext) -> tuple[State, str]:
    covered = list(entry.covers or paths)
    commit = _given_at(entry, context) if covered else entry.commit
    if commit and context.view.tip:
        changed = context.view.changed_since(commit, covered)
        if changed is None:
            return State.STALE, f"The answer in {where} names the commit {commit[:12]}, which is not in this repository."
        if changed and covered:
            return State.STALE, f"{changed[0]} changed after the answer in {where} was given at {commit[:12]}."
    if context.policy.second_person and not by_another(context.view, context.book.path, entry.line):
        return State.NEEDS_SECOND_PERSON, f"The policy asks for a second person, and the line in {where} was not committed by one."
    return State.VALID, ""


def _given_at(entry: AttestationEntry, context: CheckContext) -> str:
    """Return the commit up to which whoever answered had seen the files: the one that is named, else that of the line itself."""
    if entry.commit or not entry.line or not context.book.path:
        return entry.commit
    blame = context.view.blame(context.book.path, entry.line)
    return blame.commit if blame else ""


def _seen(result: CheckResult) -> str:
    count = len(result.evidence)
    first = result.evidence[0]
    place = f" in {first.path}" if first.path else ""
    return (
        f"there is {count} candidate{place}" if count == 1 else f"there are {count} candidates, the first{place or ' listed here'}"
    )
