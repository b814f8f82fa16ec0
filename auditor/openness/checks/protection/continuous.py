"""PRO-08: openness is looked after, not once only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.files import line_of
from auditor.openness.reading.scanning import scanners
from auditor.openness.reading.workflows import workflows
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_ON_CHANGES = {"pull_request", "push", "merge_group", "schedule"}
_SCAN = re.compile(r"\bauditor\b|gitleaks|betterleaks|trufflehog|ggshield|detect-secrets|kingfisher|secret[-_ ]scan", re.IGNORECASE)


@check(
    id="PRO-08",
    title="Changes are checked before they are public",
    question="Does a build step look at every change for what must not be published?",
    why="A repository that was clean on the day it was opened stays so only if each change is looked at.",
    remediation="Run this tool (or a secret scanner) on every pull request.",
    effort=Effort.MINUTES,
    who="developer",
    # Advice, for the same reason as PRO-01: what the forge itself does on each push cannot be seen from a clone.
    grade=Grade.SHOULD,
    sources=(
        by.cite(by.AI_AND_OPEN_CODE, "Recommendation 1: automated hygiene"),
        by.cite(by.HOME_OFFICE_SECRETS, "SEGAS-00006: pipeline scanning"),
    ),
)
def continuous(context: CheckContext) -> Answer:
    """Look for a workflow on changes that runs such a tool; other build systems by the scanner they start."""
    for workflow in workflows(context):
        match = _SCAN.search(workflow.text) if _ON_CHANGES & set(workflow.triggers) else None
        if match:
            return passed(Evidence(f"{match[0]} runs on changes", path=workflow.path, line=line_of(workflow.text, match[0])))
    others = [
        sign for sign in scanners(context) if sign.runs and "integration" in sign.text and not sign.path.startswith(".github/")
    ]
    if others:
        return passed(Evidence(others[0].text, path=others[0].path, line=others[0].line))
    return failed("no build step looks at changes for secrets")
