"""CFG-05: no state, plan or access file of infrastructure tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import OPEN_OR_CLOSED, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CFG-05",
    title="No state, plan or access file of infrastructure tools",
    question="Is there Terraform or Pulumi state, a plan, values of variables, a kubeconfig or an opened vault?",
    why="State holds every value that a tool ever set, passwords among them.",
    remediation="Move state to a private backend, take the file out, and replace every secret that it held.",
    effort=Effort.HOURS,
    who="platform engineer",
    grade=Grade.BLOCKER,
    sources=(cite(OPEN_OR_CLOSED, "Keys and credentials"),),
    mirrors_findings=True,
)
def infrastructure_state(context: CheckContext) -> Answer:
    """No state, plan or access file of infrastructure tools."""
    return mirror(context, belongs_to("CFG-05"), "no state, plan or access file")
