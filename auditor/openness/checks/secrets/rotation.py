"""SEC-05: each secret of the past was replaced, and that is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Outcome
from auditor.model.levels import Effort, Exposure, Grade
from auditor.openness.answer import not_applicable, passed
from auditor.openness.authorities import CLOSED_TO_OPEN, CODING_IN_THE_OPEN, NHS_PURGE, cite
from auditor.openness.grading import is_rotated
from auditor.openness.mirror import is_secret, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.model.finding import Finding
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SEC-05",
    title="Secrets of the past were replaced",
    question="Was every secret that the history holds replaced, and is that recorded?",
    why="Taking a secret out of the files leaves it in the history; only a replaced one opens nothing.",
    remediation="Replace each one at its provider and record it with `auditor rotated`.",
    effort=Effort.HOURS,
    who="platform lead",
    grade=Grade.BLOCKER,
    sources=(
        cite(CODING_IN_THE_OPEN, "assume that what was published by accident is compromised"),
        cite(CLOSED_TO_OPEN, "Option 1: cycle the credentials"),
        cite(NHS_PURGE, "step 1"),
    ),
    mirrors_findings=True,
)
def rotation(context: CheckContext) -> Answer:
    """Each secret of the past was replaced, and that is recorded."""
    replaced = [f for f in context.findings if is_secret(f) and is_rotated(f)]
    answer = mirror(context, _only_in_the_past, "every secret of the past was replaced or answered for")
    if answer.outcome is Outcome.PASS and not replaced:
        return not_applicable("The history holds no secret that the current files do not hold.")
    if answer.outcome is Outcome.PASS:
        return passed(*(Evidence(f"{f.title} {f.fingerprint}, replaced on {f.rotated}", path=f.first.path) for f in replaced))
    return answer


def _only_in_the_past(finding: Finding) -> bool:
    return is_secret(finding) and not {Exposure.HEAD, Exposure.UNCOMMITTED} & set(finding.exposure)
