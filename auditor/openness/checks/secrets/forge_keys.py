"""SEC-13: deploy keys, hooks and stored secrets were reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import not_checked
from auditor.openness.authorities import CMS_CHECKLIST, SCORECARD, cite
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SEC-13",
    title="Deploy keys, hooks and stored secrets were reviewed",
    question="Are the deploy keys, hooks and stored secrets of the repository known and needed?",
    why="A public repository invites pull requests; what can write or holds rights has to be known before that.",
    remediation="List them in the settings, remove what nobody uses, and limit the others to reading.",
    effort=Effort.HOURS,
    who="repository administrator",
    grade=Grade.SHOULD,
    method=Method.API,
    sources=(cite(SCORECARD, "Webhooks"), CMS_CHECKLIST),
)
def forge_keys(_context: CheckContext) -> Answer:
    """Deploy keys, hooks and stored secrets were reviewed."""
    return not_checked("Keys, hooks and stored secrets are read from the forge, which was not asked.")
