"""SEC-02: no secret in any commit that a branch or tag reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Exposure, Grade
from auditor.openness.authorities import CODING_IN_THE_OPEN, DEFRA_OPENING, NHS_OPEN_POLICY, cite
from auditor.openness.mirror import is_secret, mirror
from auditor.openness.places import is_name_or_message
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SEC-02",
    title="No secret in the history of a branch or tag",
    question="Was a key, password or token ever committed to a branch or tag?",
    why="Every clone holds the whole history: what was deleted in a later commit is as public as what was not.",
    remediation="Replace the secret at its provider, move the new one out of the repository, and record the rotation.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.BLOCKER,
    sources=(
        cite(CODING_IN_THE_OPEN, "assume that what was published by accident is compromised"),
        cite(NHS_OPEN_POLICY, "4g"),
        cite(DEFRA_OPENING, "Review the code"),
    ),
    mirrors_findings=True,
)
def history(context: CheckContext) -> Answer:
    """No secret in any commit that a branch or tag reaches."""
    return mirror(
        context,
        is_secret,
        "no secret in the history of branches and tags",
        lambda place: place.exposure is Exposure.BRANCH_OR_TAG and not is_name_or_message(place),
    )
