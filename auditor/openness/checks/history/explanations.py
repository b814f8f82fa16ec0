"""HIS-08: commit messages say why."""

from __future__ import annotations

import re
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


_SAYS_LITTLE = re.compile(
    r"^(?:wip|fix(?:es|ed|up)?!?|updates?|changes?|tests?|tmp|temp|minor|misc|typo|cleanup|stuff|more|initial commit|asdf+|"
    r"\.+|[a-z]+)\W*$",
    re.IGNORECASE,
)
_MUCH = 0.3


@check(
    id="HIS-08",
    title="Commit messages say why",
    question="Do most commit messages say more than one word?",
    why="The history is the only place where the reasons of old decisions are kept.",
    remediation="Nothing to change in the past. From now on say in each message why the change was needed.",
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.INFO,
    sources=(by.cite(by.GDS_GIT, "Commit messages"), by.cite(by.SPC_HISTORY, "Requirements")),
)
def messages_explain(context: CheckContext) -> Answer:
    """Count the subject lines of one word or of a word that says nothing."""
    subjects = [commit.subject.strip() for commit in context.view.commits if len(commit.parents) < 2]  # noqa: PLR2004  no merges
    if not subjects:
        return not_applicable("no commits")
    little = sum(1 for subject in subjects if not subject or _SAYS_LITTLE.match(subject))
    text = f"{little:,} of {plural(len(subjects), 'message')} say nothing beyond one word"
    return (failed if little > _MUCH * len(subjects) else passed)(Evidence(text, count=little))
