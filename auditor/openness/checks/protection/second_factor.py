"""PRO-05: accounts have a second factor."""

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
    id="PRO-05",
    title="The organisation asks for a second factor",
    question="Must everybody who can write to the repository use a second factor?",
    why="A stolen password alone must not be enough to change public code.",
    remediation="Settings of the organisation, Authentication security: require two-factor authentication.",
    effort=Effort.HOURS,
    who="owner of the organisation",
    grade=Grade.SHOULD,
    method=Method.API,
    sources=(
        by.cite(by.OSPS, "OSPS-AC-01.01"),
        by.cite(by.NHS_SECURING, "Organisation-level settings"),
        by.cite(by.GDS_GITHUB, "Common rules of access"),
    ),
)
def second_factor(context: CheckContext) -> Answer:
    """Only the forge knows, and tells owners only."""
    del context
    return confirm("the organisation requires two-factor authentication", "owner rights in the organisation")
