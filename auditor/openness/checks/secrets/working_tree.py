"""SEC-01: no live-looking secret in the current files, committed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.model.levels import Effort, Exposure, Grade
from auditor.openness.authorities import OPEN_OR_CLOSED, OSPS, cite
from auditor.openness.mirror import is_secret, mirror
from auditor.openness.places import is_name_or_message
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_NOW: Final = frozenset({Exposure.HEAD, Exposure.UNCOMMITTED})


@check(
    id="SEC-01",
    title="No secret in the current files",
    question="Is there a key, password or token in the files as they are now?",
    why="Whoever reads the repository can use it from the minute it is public.",
    remediation="Replace the secret at its provider, move the new one out of the repository, and record the rotation.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.BLOCKER,
    sources=(cite(OPEN_OR_CLOSED, "Keys and credentials"), cite(OSPS, "OSPS-BR-07.01")),
    mirrors_findings=True,
)
def working_tree(context: CheckContext) -> Answer:
    """No live-looking secret in the current files, committed or not."""
    return mirror(
        context,
        is_secret,
        "no secret in the current files",
        lambda place: place.exposure in _NOW and not is_name_or_message(place),
    )
