"""CLS-03: every policy in the code was announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method, Outcome
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import ask
from auditor.openness.authorities import NHS_OPEN_POLICY, OPEN_OR_CLOSED, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CLS-03",
    title="Every policy in the code was announced",
    question="Does the code show policy that is not announced yet?",
    why="Unreleased policy is one of three grounds on which code may stay closed, until it is announced.",
    remediation="Wait for the announcement or take the part out; then attest with a link.",
    effort=Effort.HOURS,
    who="policy lead",
    grade=Grade.BLOCKER,
    method=Method.CANDIDATES,
    sources=(cite(OPEN_OR_CLOSED, "Unreleased policy"), cite(NHS_OPEN_POLICY, "4e: unreleased policy")),
    mirrors_findings=True,
)
def unreleased_policy(context: CheckContext) -> Answer:
    """Every policy in the code was announced."""
    answer = mirror(context, belongs_to("CLS-03"), "")
    return answer if answer.outcome is Outcome.FAIL else ask("Only a person knows what was announced.")
