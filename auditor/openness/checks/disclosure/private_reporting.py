"""DIS-03: private reports on the forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.model.organisation import Visibility
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_checked, passed
from auditor.openness.reading.forge import confirm, told
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="DIS-03",
    title="Private vulnerability reporting is on",
    question="Can a finder report a weakness in private through the forge?",
    why="It is the shortest private way from a finder to the team.",
    remediation="Once public: Settings, Advanced Security, turn on private vulnerability reporting.",
    effort=Effort.MINUTES,
    who="administrator of the repository",
    grade=Grade.SHOULD,
    method=Method.API,
    sources=(by.cite(by.NHS_SECURING, "Allowing others to report security problems"), by.cite(by.OSPS, "OSPS-VM-03.01")),
)
def private_reporting(context: CheckContext) -> Answer:
    """Only the forge knows, and offers it to public repositories only."""
    facts = told(context)
    where = "Settings, Advanced Security: private vulnerability reporting is on"
    if facts.private_reporting is True:
        return passed("private vulnerability reporting is on")
    if not isinstance(facts.settings, Hidden) and facts.settings.visibility is not Visibility.PUBLIC:
        return not_checked("The forge offers it to public repositories: turn it on when this one becomes public.")
    if isinstance(facts.private_reporting, Hidden):
        return confirm(where, "read access to the repository's metadata", hidden=facts.private_reporting)
    return failed("private vulnerability reporting is off")
