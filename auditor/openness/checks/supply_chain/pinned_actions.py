"""SUP-04: actions of others are pinned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, not_checked, passed
from auditor.openness.reading.files import plural, shortened
from auditor.openness.reading.organisation import owners
from auditor.openness.reading.workflows import actions, unreadable, workflows
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_FULL_HASH = re.compile(r"^[0-9a-f]{40}$|^[0-9a-f]{64}$")
_FORGE_OWN = ("actions", "github", "dependabot")


@check(
    id="SUP-04",
    title="Actions of others are pinned to a commit",
    question="Does every action of a third party name a full commit hash?",
    why="A tag can be moved: whoever takes over the action then runs code with the repository's rights and secrets.",
    remediation="Write `uses: owner/action@<full commit hash> # v1.2.3` and let Dependabot keep it current.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(
        by.cite(by.GDS_ACTIONS, "Pinning Actions"),
        by.cite(by.NHS_ACTIONS, "Pin All Actions to a Commit SHA"),
        by.cite(by.GITHUB_SECURE_USE, "Using third-party actions"),
        by.cite(by.SCORECARD, "Pinned-Dependencies"),
    ),
)
def pinned_actions(context: CheckContext) -> Answer:
    """Read `uses` of steps and jobs; local actions, the forge's own and those of the same account are not third parties."""
    found = workflows(context)
    if not found:
        return not_applicable("no GitHub workflows")
    own = {owner.rpartition("/")[2] for owner in owners(context)} | set(_FORGE_OWN)
    loose, pinned = [], 0
    for workflow in (*found, *actions(context)):
        for use in workflow.uses():
            name, _, ref = use.name.partition("@")
            if name.startswith(("./", "docker://")) or name.split("/")[0].lower() in own:
                continue
            if _FULL_HASH.match(ref):
                pinned += 1
            else:
                loose.append(Evidence(f"{name} at {ref or 'no version'}", path=workflow.path, line=use.line))
    if loose:
        return failed(*shortened(loose))
    if unreadable(context):
        return not_checked("A workflow could not be read.", *(Evidence(w.problem, path=w.path) for w in unreadable(context)))
    return passed(Evidence(f"{plural(pinned, 'use')} of actions of others, all pinned", count=pinned))
