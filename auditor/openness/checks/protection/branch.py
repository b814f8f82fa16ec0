"""PRO-03: the default branch is protected."""

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
    """Only the forge knows."""
    branch = context.view.default_branch or "the default branch"
    return confirm(
        f"Settings, Rules: {branch} needs a review and refuses force pushes", "read access to the repository's administration"
    )
