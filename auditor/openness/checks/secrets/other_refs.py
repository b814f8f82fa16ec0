"""SEC-03: no secret in refs beside branches and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.model.levels import Effort, Exposure, Grade
from auditor.openness.authorities import CODING_IN_THE_OPEN, NHS_OPEN_POLICY, cite
from auditor.openness.mirror import is_secret, mirror
from auditor.openness.places import is_name_or_message
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_ELSEWHERE: Final = frozenset({Exposure.PULL_REQUEST_REF, Exposure.OTHER_REF, Exposure.LOCAL_ONLY})


@check(
    id="SEC-03",
    title="No secret in pull request refs, notes or other refs",
    question="Is there a secret in refs that people do not look at, such as those of pull requests?",
    why="A forge publishes the refs of pull requests, closed ones too, and a mirror copies notes and every other ref.",
    remediation="Replace the secret and record the rotation; ask the forge to remove the ref.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.BLOCKER,
    sources=(cite(CODING_IN_THE_OPEN, "assume that what was published by accident is compromised"), cite(NHS_OPEN_POLICY, "4g")),
    mirrors_findings=True,
)
def other_refs(context: CheckContext) -> Answer:
    """No secret in refs beside branches and tags."""
    return mirror(
        context,
        is_secret,
        "no secret in refs beside branches and tags, nor in stash, reflog and unreachable objects",
        lambda place: place.exposure in _ELSEWHERE and not is_name_or_message(place),
    )
