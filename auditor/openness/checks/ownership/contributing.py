"""OWN-02: whether contributions are welcome."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.files import document
from auditor.openness.reading.organisation import known_default
from auditor.openness.reading.prose import section
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_SECTION = re.compile(r"contribut|pull requests?|get(?:ting)? involved|feedback", re.IGNORECASE)


@check(
    id="OWN-02",
    title="It says whether contributions are accepted",
    question="Is there a CONTRIBUTING file or section that says whether and how others may contribute?",
    why="Silence costs both sides: outsiders waste work, the team gets changes that it cannot take.",
    remediation="Add CONTRIBUTING.md. “We do not take contributions at present” is a fair answer.",
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.SHOULD,
    sources=(
        by.cite(by.OSPS, "OSPS-GV-03.01"),
        by.cite(by.SPC_WELCOME, "Requirements"),
        by.cite(by.GDS_SOURCE_CODE, "Your open source code project should"),
    ),
)
def contributing(context: CheckContext) -> Answer:
    """Look for the file, the organisation's default, or a section of the README."""
    found = document(context, "contributing")
    if found:
        return passed(Evidence("the organisation's default" if found.inherited else "contribution guidelines", path=found.path))
    readme = document(context, "readme")
    heading = section(readme.text, _SECTION) if readme else None
    if readme and heading:
        return passed(Evidence(f"section “{heading.text}”", path=readme.path, line=heading.line))
    default = known_default(context, "contributing")
    return passed(default) if default else failed("no CONTRIBUTING file and no such section in the README")
