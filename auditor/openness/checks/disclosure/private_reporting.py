"""DIS-03: private reports on the forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.reading.forge import confirm
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
    """Only the forge knows."""
    del context
    return confirm("Settings, Advanced Security: private vulnerability reporting is on", "read access to the repository's metadata")
