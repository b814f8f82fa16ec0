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
    authors = {(commit.author_name, commit.author_email) for commit in context.view.commits}
    people = {author for author in authors if not _BOT.search(" ".join(author))}
    commits = [commit for commit in context.view.commits if (commit.author_name, commit.author_email) in people]
    if not commits:
        return not_applicable("no commits of people")
    newest = max(commit.authored for commit in commits)
    recent = {name.casefold() for name in {commit.author_name for commit in commits if newest - commit.authored <= _YEAR}}
    text = f"{plural(len(recent), 'author')} in the year up to {newest.day} {newest:%B %Y}"
    return (passed if len(recent) >= _LEAST else failed)(Evidence(text, count=len(recent)))
