"""HIS-03: commit messages that nobody would want to see quoted."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import ask, not_applicable, passed
from auditor.openness.reading.files import plural, shortened
from auditor.openness.registry import check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_WORDS = (
    ("f", r"u+c+k\w*"),
    ("sh", r"[i1]t(?!e?ake)\w*"),
    ("bullsh", r"\w+"),
    ("bollocks", ""),
    ("w", r"[a4]nk\w*"),
    ("cunt", "s?"),
    ("bastard", "s?"),
    ("twat", "s?"),
    ("pissed off", ""),
    ("arsehole", "s?"),
    ("asshole", "s?"),
    ("wtf", ""),
    ("idiot", "s?"),
    ("moron", "s?"),
    ("stupid user", "s?"),
)
"""How each begins, and how it may go on."""
_RUDE = tuple(re.compile(rf"{head}(?<!\w{head}){rest}\b") for head, rest in _WORDS)
"""Each apart, in small letters and with what is given first: that is looked for many times as fast as one of many words."""
_MOST = 10


@check(
    id="HIS-03",
    title="Commit messages can be read by anybody",
    question="Are the commit messages free of abuse and of people's names and cases?",
    why="Messages are published with the history and quoted first. A named citizen in one is a data breach.",
    remediation=(
        "Look at the commits listed. Rudeness may stay if you can stand by it; a person's data may not: rewrite or start afresh."
    ),
    effort=Effort.HOURS,
    who="technical lead",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(
        by.cite(by.CMS_CHECKLIST, "Review Commit History: 1"),
        by.cite(by.NHS_CHECKLIST, "Do the commit messages include any sensitive information (e.g. names)? (mandatory)"),
        by.cite(by.UKHO_CHECKLIST, "Quality: have all check-in comments been reviewed?"),
    ),
)
def commit_messages(context: CheckContext) -> Answer:
    """Hold the subject lines against a short list of words; the words themselves are not repeated."""
    commits = context.view.commits
    if not commits:
        return not_applicable("no commits")
    rude = [Evidence("rude words in the subject", commit=commits[number].oid) for number in _rude([c.subject for c in commits])]
    if rude:
        return ask("A person looks at these messages.", *shortened(rude, _MOST))
    return passed(
        Evidence(
            f"{plural(len(commits), 'subject line')} without rude words; names of people were not looked for", count=len(commits)
        )
    )


def _rude(subjects: Sequence[str]) -> list[int]:
    """Return the numbers of the subjects with a rude word in them."""
    text = "\n".join(subjects).lower()
    places = [found.start() for word in _RUDE for found in word.finditer(text)]
    ends = list(accumulate(len(subject.lower()) + 1 for subject in subjects)) if places else []
    return sorted({bisect_right(ends, place) for place in places})
