"""DOC-05: where to report faults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.files import document, line_of
from auditor.openness.reading.forge import confirm, told
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_TRACKER = re.compile(
    r"/issues\b|issue tracker|(?:open|raise|create|file|log|report)\s+(?:an?\s+)?(?:new\s+)?(?:github\s+)?(?:issue|bug)|"
    r"/discussions\b",
    re.IGNORECASE,
)


@check(
    id="DOC-05",
    title="Faults can be reported in public",
    question="Is there a public place for questions and faults, and does the documentation link to it?",
    why="Outside users find faults; they need a place to say so.",
    remediation="Turn on issues for the repository and link to them from the README.",
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.SHOULD,
    method=Method.API,
    sources=(by.cite(by.SPC_CONTRIBUTING, "Requirements"), by.cite(by.OSPS, "OSPS-GV-02.01")),
)
def issue_tracker(context: CheckContext) -> Answer:
    """Look for a link in the documentation; whether issues are turned on, only the forge knows."""
    for stem in ("readme", "contributing", "support"):
        found = document(context, stem)
        match = _TRACKER.search(found.text) if found else None
        if found and match:
            return passed(Evidence("says where to report", path=found.path, line=line_of(found.text, match[0])))
    if any(path.lower().startswith(".github/issue_template") for path in context.view.tree):
        return passed(Evidence("templates for issues", path=".github/ISSUE_TEMPLATE"))
    settings = told(context).settings
    if isinstance(settings, Hidden):
        where = "Settings, General, Features: issues are turned on"
        return confirm(where, "read access to the repository's metadata", hidden=settings)
    if settings.issues or settings.discussions:
        return passed(f"{'issues' if settings.issues else 'discussions'} are turned on")
    return failed("issues and discussions are turned off, and no document says where to report")
