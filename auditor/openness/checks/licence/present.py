"""LIC-01: a licence file at the root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.licences import licence_files
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="LIC-01",
    title="A licence file is at the root",
    question="Is there a licence file at the root of the repository?",
    why="Without a licence nobody outside may use, change or share the code: published, it would be visible and still closed.",
    remediation="Add a file named LICENCE at the root with the full text of the licence that your organisation uses.",
    effort=Effort.MINUTES,
    who="developer, with the agreement of whoever holds the copyright",
    grade=Grade.BLOCKER,
    sources=(
        by.cite(by.GDS_LICENSING, "Specifying the licence"),
        by.HOME_OFFICE_LICENSING,
        by.cite(by.OSPS, "OSPS-LE-03.01"),
        by.cite(by.SPC_LICENCE, "Requirements"),
    ),
)
def licence_present(context: CheckContext) -> Answer:
    """Look for a licence file at the root or in LICENSES/."""
    files = [file for file in licence_files(context) if file.text.strip()]
    if files:
        return passed(*(Evidence("licence file", path=file.path) for file in files))
    empty = [Evidence("this licence file is empty", path=file.path) for file in licence_files(context)]
    return failed(*empty) if empty else failed("no LICENCE, LICENSE or COPYING file at the root and no LICENSES folder")
