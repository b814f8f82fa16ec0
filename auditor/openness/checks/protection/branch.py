"""PRO-03: the default branch is protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
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
    id="PRO-03",
    title="The default branch is protected",
    question="Must every change of the default branch pass a review, for administrators too?",
    why="Whoever can write to the branch can change what the service runs, and what the history says.",
    remediation=(
        "Add a ruleset or branch protection: pull requests with one review, stale reviews dismissed, no force push, no exceptions."
    ),
    effort=Effort.MINUTES,
    who="administrator of the repository",
    grade=Grade.MUST,
    method=Method.API,
    sources=(
        by.cite(by.OSPS, "OSPS-AC-03.01"),
        by.cite(by.NHS_SECURING, "Branch protection"),
        by.cite(by.GDS_GITHUB, "Configuring GitHub repositories"),
        by.cite(by.SCORECARD, "Branch-Protection"),
    ),
)
def branch_protection(context: CheckContext) -> Answer:
    """Rulesets and branch protection count alike; what they demand together is what a change has to pass."""
    facts = told(context)
    branch = context.view.default_branch or "the default branch"
    where = f"Settings, Rules: {branch} needs a review and refuses force pushes"
    found = facts.protection
    if isinstance(found, Hidden):
        return confirm(where, "read access to the repository's administration", hidden=found)
    if not isinstance(facts.settings, Hidden) and facts.settings.archived:
        return not_applicable("the repository is archived, nobody can change it")
    reviewing = [guard for guard in found.guards if guard.reviews]
    lacking = [] if reviewing else ["no review is required"]
    if not any(guard.blocks_force_push for guard in found.guards):
        lacking.append("force pushes are possible")
    if lacking:
        return confirm(where, "administrator rights", hidden=found.unseen) if found.unseen else failed(*lacking)
    if not any(guard.dismiss_stale for guard in found.guards):
        lacking.append("an approval stays when new commits arrive")
    if all(guard.bypass for guard in reviewing):
        lacking.append(f"may go past the review: {', '.join(reviewing[0].bypass or ())}")
    if not isinstance(facts.actions, Hidden) and facts.actions.approves_pull_requests is True:
        lacking.append("workflows may approve pull requests")
    if lacking and not found.unseen:
        return failed(*lacking, grade=Grade.SHOULD)
    if all(guard.bypass is None for guard in reviewing):
        lacking.append("who may go past it was not visible")
    seen = f"{plural(max(guard.reviews for guard in reviewing), 'review')}, no force pushes ({reviewing[0].name})"
    return passed(seen, *lacking)
