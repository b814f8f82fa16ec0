"""SUP-09: old logs become public too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.model.organisation import Visibility
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import plural
from auditor.openness.reading.forge import confirm, told
from auditor.openness.reading.workflows import workflows
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SUP-09",
    title="Logs of old workflow runs may be seen",
    question="Were the logs and artefacts of past workflow runs looked at, or deleted, before publication?",
    why="With the repository the output of its workflow runs becomes visible to everybody.",
    remediation="Delete old runs before the repository becomes public, or read them as you read the code.",
    effort=Effort.HOURS,
    who="administrator of the repository",
    grade=Grade.MUST,
    method=Method.API,
    sources=(by.cite(by.GDS_ACTIONS, "Output"),),
)
def run_logs(context: CheckContext) -> Answer:
    """The forge knows how many runs there are; a person reads them."""
    facts = told(context)
    found = facts.runs
    if isinstance(found, Hidden):
        if not workflows(context):
            return not_applicable("no GitHub workflows")
        return confirm("Actions: old runs are deleted or their logs were read", "read access to Actions", hidden=found)
    if not found.runs:
        return passed("no workflow run is kept")
    if not isinstance(facts.settings, Hidden) and facts.settings.visibility is Visibility.PUBLIC:
        return not_applicable("the repository is public, and with it the logs that are kept")
    kept = [Evidence(f"{plural(found.runs, 'workflow run')} with their logs", count=found.runs)]
    if not isinstance(found.artefacts, Hidden) and found.artefacts:
        kept.append(Evidence(plural(found.artefacts, "artefact"), count=found.artefacts))
    return failed(*kept)
