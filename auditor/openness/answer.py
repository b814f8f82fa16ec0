"""What a check says: an outcome with evidence or a reason, before policy and attestations are applied.

- `passed(Evidence("MIT licence", path="LICENSE"))`
- `failed(Evidence("no licence file"), ...)`: the evidence is concrete: file and line, commit, count
- `not_applicable("no workflows")`: the question does not arise here
- `not_checked("needs the forge's API")`: nobody looked; never shown as a pass
- `ask("Only a person can say ...", Evidence(...))`: nobody answered yet; a person must, in openness.yml
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Outcome

if TYPE_CHECKING:
    from auditor.model.levels import Grade


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome with what was seen. `grade` is the check's own, unless this case is graded apart from it."""

    outcome: Outcome
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    grade: Grade | None = None


def _evidence(items: tuple[Evidence | str, ...]) -> tuple[Evidence, ...]:
    return tuple(Evidence(item) if isinstance(item, str) else item for item in items)


def passed(*evidence: Evidence | str) -> Answer:
    """Say that it is as it should be, and what was seen."""
    return Answer(Outcome.PASS, _evidence(evidence))


def failed(*evidence: Evidence | str, grade: Grade | None = None) -> Answer:
    """Say that it is not as it should be, and what was seen; `grade` where this case weighs less than the check does."""
    return Answer(Outcome.FAIL, _evidence(evidence), grade=grade)


def not_applicable(reason: str) -> Answer:
    """Say why the question does not arise."""
    return Answer(Outcome.NOT_APPLICABLE, reason=reason)


def not_checked(reason: str, *evidence: Evidence | str) -> Answer:
    """Say why nobody looked."""
    return Answer(Outcome.NOT_CHECKED, _evidence(evidence), reason)


def ask(reason: str, *evidence: Evidence | str) -> Answer:
    """Say that only a person can answer, and what there is to look at."""
    return Answer(Outcome.NOT_CHECKED, _evidence(evidence), reason)
