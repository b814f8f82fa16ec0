"""CFG-04: ids of cloud accounts are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import CMS_CHECKLIST, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CFG-04",
    title="Names of cloud accounts are known",
    question="Are there ids of cloud accounts, subscriptions, tenants or projects?",
    why="They are no secret, but they are half of what an attack on an account needs.",
    remediation="Take them out where that is easy.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.SHOULD,
    sources=(cite(CMS_CHECKLIST, "Code Review: sensitive internal addresses"),),
    mirrors_findings=True,
)
def cloud_identifiers(context: CheckContext) -> Answer:
    """Ids of cloud accounts are known."""
    return mirror(context, belongs_to("CFG-04"), "no ids of cloud accounts")
