"""DOC-03: is it looked after?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import document, line_of, read
from auditor.openness.reading.forge import told
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_STATUS = re.compile(
    r"\b(?:alpha|beta|live service|archived|unmaintained|no longer (?:actively )?(?:maintained|used|developed|being|in use)|"
    r"prototype|experimental|"
    r"proof of concept|superseded by|replaced by|retired|decommissioned|project status|development status)\b",
    re.IGNORECASE,
)
_DORMANT = timedelta(days=365)


@check(
    id="DOC-03",
    title="It is plain whether this is maintained",
    question="Is the repository in use, or does it say that it is not?",
    why="Code that nobody looks after is a risk to those who use it. Guidance asks to archive it, not to hide it.",
    remediation=(
        "Say in the README whether it is alpha, beta, live or retired. Archive what nobody maintains, with the reason in the "
        "README."
    ),
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.MUST,
    sources=(
        by.cite(by.AI_AND_OPEN_CODE, "unmaintained code is archived or decommissioned"),
        by.cite(by.GDS_GITHUB, "How to retire applications"),
        by.cite(by.SPC_MATURITY, "Requirements"),
    ),
)
def status(context: CheckContext) -> Answer:
    """Commits within a year are an answer; older code must say in README or metadata what has become of it."""
    settings = told(context).settings
    archived = not isinstance(settings, Hidden) and settings.archived
    last = context.fact("date of the last commit", lambda: max((c.authored.date() for c in context.view.commits), default=None))
    if last:
        dated = Evidence(f"last commit on {last.day} {last:%B %Y}")
        if context.today - last <= _DORMANT and not archived:
            return passed(dated)
    readme = document(context, "readme")
    match = _STATUS.search(readme.text) if readme else None
    if readme and match:
        return passed(Evidence(f"“{match[0]}”", path=readme.path, line=line_of(readme.text, match[0])))
    for path in ("publiccode.yml", "code.json", "catalog-info.yaml"):
        text = read(context, path)
        if text and re.search(r"developmentStatus:|\"status\"|lifecycle:", text):
            return passed(Evidence("states the status", path=path))
    if not last:
        return not_applicable("a plain folder has no dates")
    said = "archived without a word why" if archived else "no word on the status"
    return failed(dated, Evidence(said, path=readme.path if readme else None))
