"""DOC-02: how to install, run and test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import document
from auditor.openness.reading.prose import section
from auditor.openness.reading.survey import survey
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_RUN = re.compile(
    r"install|set ?up|setting up|getting started|get started|quick ?start|usage|how to use|using |running|run |deploy|"
    r"develop|build|local|prerequisite|requirement|technical|docker",
    re.IGNORECASE,
)
_TEST = re.compile(r"\btest", re.IGNORECASE)


@check(
    id="DOC-02",
    title="The README says how to install, run and test",
    question="Would somebody outside know from the README how to install, run and test this?",
    why="Code that only its team can start is visible, not reusable.",
    remediation="Add sections on prerequisites, installing, running and testing, and try them on a clean machine.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.SHOULD,
    sources=(
        by.cite(by.SPC_DOCUMENT, "Requirements"),
        by.cite(by.OSPS, "OSPS-DO-01.01"),
        by.cite(by.GDS_README, "learn how to use the project"),
    ),
)
def instructions(context: CheckContext) -> Answer:
    """Look for headings on running and on testing."""
    readme = document(context, "readme")
    if readme is None or readme.inherited:
        return not_applicable("there is no README (DOC-01)")
    if not survey(context).files:
        return not_applicable("no source code")
    run, test = section(readme.text, _RUN), section(readme.text, _TEST)
    commands = re.search(
        r"^(?:```|[ \t]{4,12}\S{0,80}?(?:npm|pip|docker|make|bundle|mvn|gradle|sbt|go|git)\b)|`(?:npm|pip|docker|make|bundle|\./)",
        readme.text,
        re.MULTILINE,
    )
    if not run and not commands:
        return failed(Evidence("no section and no command on installing or running", path=readme.path))
    found = [Evidence(f"section “{heading.text}”", path=readme.path, line=heading.line) for heading in (run, test) if heading]
    return passed(*found or (Evidence("commands to run", path=readme.path),))
