"""PRO-05: accounts have a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import plural
from auditor.openness.reading.forge import confirm, told
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
    facts = told(context)
    found = facts.second_factor
    if not isinstance(facts.settings, Hidden) and not facts.settings.owned_by_organisation:
        return not_applicable("the account of a person has no such setting")
    where = "the organisation requires two-factor authentication"
    if isinstance(found, Hidden):
        return confirm(where, "owner rights in the organisation", hidden=found)
    if not isinstance(found.members_without, Hidden) and found.members_without:
        return failed(Evidence(f"{plural(found.members_without, 'member')} without a second factor", count=found.members_without))
    if isinstance(found.required, Hidden):
        return confirm(where, "owner rights in the organisation", hidden=found.required)
    return passed("the organisation demands it") if found.required else failed("the organisation does not demand it")
