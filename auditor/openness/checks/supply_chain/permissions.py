"""SUP-05: workflows have few rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import plural, shortened
from auditor.openness.reading.forge import told
from auditor.openness.reading.workflows import workflows
from auditor.openness.reading.yaml_text import texts
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SUP-05",
    title="Workflows ask for the rights they need",
    question="Does every workflow limit the rights of its token?",
    why="Without limits a step that was taken over may write to the repository, its releases and packages.",
    remediation="Add `permissions: {contents: read}` at the top of each workflow, and more only to the job that needs it.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.SHOULD,
    sources=(by.cite(by.GDS_ACTIONS, "Permissions"), by.cite(by.OSPS, "OSPS-AC-04.01"), by.cite(by.SCORECARD, "Token-Permissions")),
)
def workflow_permissions(context: CheckContext) -> Answer:
    """Look for `permissions` at the top or in every job, for `write-all`, and for what the forge gives by default."""
    found = workflows(context)
    if not found:
        return not_applicable("no GitHub workflows")
    settings = told(context).actions
    reads_only = not isinstance(settings, Hidden) and settings.token_writes is False
    wrong = []
    for workflow in found:
        top, jobs = workflow.data.get("permissions", ""), workflow.jobs
        everything = next(
            (text for text in texts([top, *(job.get("permissions") for job in jobs.values())]) if text == "write-all"), None
        )
        if everything is not None:
            wrong.append(Evidence("asks for every right (write-all)", path=workflow.path, line=everything.line))
        elif reads_only and not workflow.problem:
            continue
        elif "permissions" not in workflow.data and not (jobs and all("permissions" in job for job in jobs.values())):
            wrong.append(Evidence(workflow.problem or "sets no permissions", path=workflow.path))
    if wrong:
        return failed(*shortened(wrong))
    how = "the forge gives them a token that only reads, unless they ask for more" if reads_only else "each with its permissions"
    return passed(Evidence(f"{plural(len(found), 'workflow')}: {how}", count=len(found)))
