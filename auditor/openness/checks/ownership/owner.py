"""OWN-01: a named owner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.codeowners import code_owners
from auditor.openness.reading.files import document, line_of, plural, read
from auditor.openness.reading.forge import told
from auditor.openness.reading.prose import section
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_HEADING = re.compile(
    r"\b(?:owners?|ownership|maintainers?|maintained by|contacts?|contact (?:us|the team)|who (?:we are|owns|maintains)|"
    r"the team|our team|support|get(?:ting)? (?:in touch|help)|ask (?:a question|for help))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:owned|maintained|looked after|developed and run|run|managed|supported) by (?:the |our )?[\[*_`]*[A-Z@][^\n]{2,80}",
    re.MULTILINE,
)
_METADATA = (
    ("catalog-info.yaml", re.compile(r"^[ \t]+owner:[ \t]*\S", re.MULTILINE)),
    ("catalog-info.yml", re.compile(r"^[ \t]+owner:[ \t]*\S", re.MULTILINE)),
    ("publiccode.yml", re.compile(r"^[ \t]+(?:contacts|contractors):|^[ \t]*repoOwner:[ \t]*\S", re.MULTILINE)),
    ("code.json", re.compile(r'"(?:maintainers|contact)"')),
    ("security-insights.yml", re.compile(r"^[ \t]*(?:administrators|core-maintainers|core-team):", re.MULTILINE)),
)


@check(
    id="OWN-01",
    title="An owner is named",
    question="Is a team or person named who owns this code and answers for it?",
    why="Clear ownership is the first of the four things that open code needs: somebody must decide, fix and reply.",
    remediation=(
        "Name the owning team in .github/CODEOWNERS (a line `* @organisation/team`) or as repository.owner_team in openness.yml; "
        "correct the lines of CODEOWNERS that the forge would refuse."
    ),
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.MUST,
    sources=(
        by.cite(by.AI_AND_OPEN_CODE, "Recommendation 1: clear ownership"),
        by.cite(by.SERVICE_MANUAL, "be clear about who owns the code"),
        by.cite(by.NHS_SECURING, "Teams setup"),
        by.cite(by.GITHUB_CODEOWNERS, "CODEOWNERS syntax"),
    ),
)
def named_owner(context: CheckContext) -> Answer:
    """Take the owner from CODEOWNERS, openness.yml, metadata files, or a plain statement in the README."""
    found = code_owners(context)
    refused = told(context).owners_errors
    if not isinstance(refused, Hidden) and refused:
        lines = (Evidence(f"GitHub refuses the line: {one.kind.lower()}", path=one.path, line=one.line) for one in refused[:10])
        return failed(*lines, grade=Grade.SHOULD if found and found.owners else None)
    if found is not None and found.wrong:
        wrong = (Evidence(what, path=found.path, line=line) for line, what in found.wrong[:10])
        return failed(*wrong, grade=Grade.SHOULD if found.owners else None)
    if found is not None and found.owners:
        named = ", ".join(found.owners[:3]) + (" and others" if len(found.owners) > 3 else "")  # noqa: PLR2004  as many as fit a line
        return passed(Evidence(f"{named} ({plural(len(found.rules), 'rule')})", path=found.path, line=found.rules[0].line))
    if context.book.owner_team:
        return passed(Evidence(f"owner team {context.book.owner_team}", path=context.book.path or None))
    return _elsewhere(context) or failed("no CODEOWNERS, no owner in openness.yml, and no owner named in README or metadata")


def _elsewhere(context: CheckContext) -> Answer | None:
    for path, pattern in _METADATA:
        text = read(context, path)
        match = pattern.search(text) if text else None
        if text and match:
            return passed(Evidence("names who is responsible", path=path, line=line_of(text, match[0].strip())))
    maintainers = document(context, "maintainers", "owners")
    if maintainers and not maintainers.inherited:
        return passed(Evidence("list of maintainers", path=maintainers.path))
    readme = document(context, "readme")
    if readme is None:
        return None
    heading, sentence = section(readme.text, _HEADING), _SENTENCE.search(readme.text)
    if heading:
        return passed(Evidence(f"section “{heading.text}”", path=readme.path, line=heading.line))
    if sentence:
        return passed(Evidence("says who maintains it", path=readme.path, line=line_of(readme.text, sentence[0])))
    return None
