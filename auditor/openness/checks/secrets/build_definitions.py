"""SEC-10: no secret in build definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import GDS_ACTIONS, cite
from auditor.openness.mirror import is_secret, mirror
from auditor.openness.registry import check
from auditor.openness.subjects import is_ci_definition

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SEC-10",
    title="No secret in build definitions",
    question="Is there a secret in the definition of a build, or in a log that is kept in the tree?",
    why="Build definitions run with rights on the cloud, and everyone reads them first.",
    remediation="Use the secret store of the build service or OpenID Connect, replace the secret and record the rotation.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.BLOCKER,
    sources=(cite(GDS_ACTIONS, "Secrets"),),
    mirrors_findings=True,
)
def build_definitions(context: CheckContext) -> Answer:
    """No secret in build definitions."""
    return mirror(context, is_secret, "no secret in build definitions", lambda place: is_ci_definition(place.path))
