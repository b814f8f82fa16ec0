"""SUP-08: public code does not run on the organisation's own machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, not_checked, passed
from auditor.openness.reading.files import plural, shortened
from auditor.openness.reading.forge import told
from auditor.openness.reading.untrusted import runner_labels
from auditor.openness.reading.workflows import unreadable, workflows
from auditor.openness.reading.yaml_text import mapping
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SUP-08",
    title="No self-hosted runners",
    question="Do all workflows run on machines of the forge, not on the organisation's own?",
    why="In a public repository anybody can propose a workflow; on a self-hosted runner it runs inside the organisation's network.",
    remediation="Use hosted runners, or keep the deployment that needs the network in a private repository.",
    effort=Effort.DAYS,
    who="developer, with the platform team",
    grade=Grade.BLOCKER,
    sources=(
        by.cite(by.GITHUB_RUNNERS, "Warning: only use self-hosted runners with private repositories"),
        by.cite(by.GITHUB_SECURE_USE, "Hardening for self-hosted runners"),
    ),
)
def hosted_runners(context: CheckContext) -> Answer:
    """Look for the label self-hosted, for runner groups, and for machines that the forge knows."""
    found, registered = workflows(context), told(context).own_runners
    own = (
        [] if isinstance(registered, Hidden) else [Evidence(f"the machine {name} is registered as a runner") for name in registered]
    )
    if not found and not own:
        return not_applicable("no GitHub workflows")
    wrong, groups = own, []
    for workflow in found:
        for name, job in workflow.jobs.items():
            label = next((text for text in runner_labels(job) if str(text).lower() == "self-hosted"), None)
            if label is not None:
                wrong.append(Evidence(f"job {name} runs on a self-hosted runner", path=workflow.path, line=label.line))
            elif "group" in mapping(job.get("runs-on")):
                groups.append(
                    Evidence(
                        f"job {name} runs on a group of runners; whose machines they are, only the forge knows",
                        path=workflow.path,
                        line=job.line,
                    )
                )
    if wrong:
        return failed(*shortened(wrong))
    if groups:
        return not_checked("Confirm on the forge that these groups hold hosted runners only.", *shortened(groups))
    if unreadable(context):
        return not_checked("A workflow could not be read.", *(Evidence(w.problem, path=w.path) for w in unreadable(context)))
    return passed(Evidence(f"{plural(len(found), 'workflow')} on hosted runners", count=len(found)))
