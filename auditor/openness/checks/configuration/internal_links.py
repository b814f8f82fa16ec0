"""CFG-06: links to internal tools are known."""

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
    id="CFG-06",
    title="Links to internal tools are known",
    question="Are there links to ticket systems, wikis, chats or shared documents that only staff can open?",
    why="They are harmless, but useless to readers from outside.",
    remediation="Say in words what the link says.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.INFO,
    sources=(cite(CMS_CHECKLIST, "Code Review: sensitive internal addresses"),),
    mirrors_findings=True,
)
def internal_links(context: CheckContext) -> Answer:
    """Links to internal tools are known."""
    return mirror(context, belongs_to("CFG-06"), "no links to internal tools")
