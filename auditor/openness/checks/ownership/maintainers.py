"""OWN-05: more than one person knows the code."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import plural
from auditor.openness.registry import check

if TYPE_CHECKING:
    from datetime import datetime

    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_YEAR = timedelta(days=365)
_BOT = re.compile(r"\[bot\]|dependabot|renovate|github-actions|pyup|snyk|greenkeeper|jenkins|deploy", re.IGNORECASE)
_LEAST = 2


@check(
    id="OWN-05",
    title="More than one person maintains it",
    question="Did more than one person work on it in the last year of its history?",
    why="What one person knows is lost when they leave, and nobody is there to answer a report of a weakness.",
    remediation="Share the work: reviews by a second person, a team in CODEOWNERS.",
    effort=Effort.DAYS,
    who="technical lead",
    grade=Grade.SHOULD,
    sources=(by.cite(by.AI_AND_OPEN_CODE, "Recommendation 1: clear ownership"), by.cite(by.CMS_CHECKLIST, "Code Review")),
)
def maintainers(context: CheckContext) -> Answer:
    """Count distinct authors, programs left out, in the year before the newest commit; nobody is named."""
    last: dict[tuple[str, str], datetime] = {}
    for commit in context.view.commits:
        author, when = (commit.author_name, commit.author_email), commit.authored
        if author not in last or last[author] < when:
            last[author] = when
    people = {author: when for author, when in last.items() if not _BOT.search(" ".join(author))}
    if not people:
        return not_applicable("no commits of people")
    newest = max(people.values())
    recent = {name.casefold() for (name, _), when in people.items() if newest - when <= _YEAR}
    text = f"{plural(len(recent), 'author')} in the year up to {newest.day} {newest:%B %Y}"
    return (passed if len(recent) >= _LEAST else failed)(Evidence(text, count=len(recent)))
