"""SUP-06: outsiders cannot start what runs with full rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, not_checked, passed
from auditor.openness.reading.files import plural, shortened
from auditor.openness.reading.untrusted import RISKY_TRIGGERS, foreign_checkout
from auditor.openness.reading.workflows import unreadable, workflows
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SUP-06",
    title="No workflow runs outsiders' code with full rights",
    question="Are the triggers that give outsiders the repository's rights avoided?",
    why="These events run with secrets and a writing token for anybody who opens a pull request or writes a comment.",
    remediation=(
        "Use pull_request. Where the event is needed, never check out or run what came from outside, and record the security "
        "review."
    ),
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(
        by.cite(by.GDS_ACTIONS, "Triggers"),
        by.cite(by.OSPS, "OSPS-BR-01.03"),
        by.cite(by.SCORECARD, "Dangerous-Workflow"),
        by.cite(by.GITHUB_SECURE_USE, "Mitigating the risks of untrusted code checkout"),
    ),
)
def risky_triggers(context: CheckContext) -> Answer:
    """A risky trigger that also checks out foreign code is a must; the trigger alone is advice: it asks for a review."""
    found = workflows(context)
    if not found:
        return not_applicable("no GitHub workflows")
    dangerous, risky = [], []
    for workflow in found:
        for trigger, line in workflow.triggers.items():
            if trigger not in RISKY_TRIGGERS:
                continue
            checkout = foreign_checkout(workflow) if trigger in {"pull_request_target", "workflow_run", "issue_comment"} else None
            if checkout:
                dangerous.append(
                    Evidence(f"started by {trigger}, and checks out what an outsider wrote", path=workflow.path, line=checkout)
                )
            else:
                risky.append(Evidence(f"started by {trigger}", path=workflow.path, line=line))
    if dangerous:
        return failed(*shortened([*dangerous, *risky]))
    if risky:
        return failed(*shortened(risky), grade=Grade.SHOULD)
    if unreadable(context):
        return not_checked("A workflow could not be read.", *(Evidence(w.problem, path=w.path) for w in unreadable(context)))
    return passed(Evidence(f"{plural(len(found), 'workflow')} without such a trigger", count=len(found)))
