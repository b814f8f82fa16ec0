"""SEC-04: no secret in messages, author fields and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import CMS_CHECKLIST, NHS_OPEN_POLICY, cite
from auditor.openness.mirror import is_secret, mirror
from auditor.openness.places import is_name_or_message
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SEC-04",
    title="No secret in messages and names",
    question="Is there a secret in a commit or tag message, an author field, or the name of a branch, tag or file?",
    why="Messages and names are published with the code, and few people read them again before that.",
    remediation="Replace the secret at its provider and record the rotation. A message changes only by rewriting history.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.BLOCKER,
    sources=(cite(CMS_CHECKLIST, "Review Commit History"), cite(NHS_OPEN_POLICY, "Appendix B")),
    mirrors_findings=True,
)
def messages_and_names(context: CheckContext) -> Answer:
    """No secret in messages, author fields and names."""
    return mirror(context, is_secret, "no secret in messages and names", is_name_or_message)
