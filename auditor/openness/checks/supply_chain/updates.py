"""SUP-02: dependencies are updated by a program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.ecosystems import dependency_kinds
from auditor.openness.reading.files import line_of, read
from auditor.openness.reading.forge import told
from auditor.openness.reading.workflows import workflows
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_PLACES = (
    ".github/dependabot.yml",
    ".github/dependabot.yaml",
    ".dependabot/config.yml",
    "renovate.json",
    "renovate.json5",
    ".renovaterc",
    ".renovaterc.json",
    ".github/renovate.json",
    ".github/renovate.json5",
    ".gitlab/renovate.json",
    ".pyup.yml",
    ".scala-steward.conf",
    ".depfu.yml",
    ".whitesource",
)
_IN_CI = re.compile(r"\brenovate(?:bot)?\b|scala-steward|pip-compile --upgrade|npm-check-updates|dependency-update", re.IGNORECASE)


@check(
    id="SUP-02",
    title="Dependency updates are automated",
    question="Does a program such as Dependabot or Renovate propose updates of the dependencies?",
    why="Most known weaknesses are in dependencies, and everybody can read which version open code uses.",
    remediation="Add .github/dependabot.yml with an entry for each package ecosystem, GitHub Actions included.",
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.MUST,
    sources=(
        by.cite(by.AI_AND_OPEN_CODE, "Recommendations 1 and 4: automated hygiene"),
        by.cite(by.NHS_SECURING, "Code security: enable, at a minimum, Dependabot"),
        by.cite(by.GDS_DEPENDENCIES, "Update dependencies frequently"),
        by.cite(by.SCORECARD, "Dependency-Update-Tool"),
    ),
)
def automated_updates(context: CheckContext) -> Answer:
    """Look for the settings of such a program, or a build step that runs one."""
    used = dependency_kinds(context)
    if not used and not workflows(context):
        return not_applicable("no dependencies that a package manager names")
    found = [path for path in _PLACES if path in context.view.tree]
    if found:
        return passed(Evidence("settings of an update program", path=found[0]))
    package = read(context, "package.json") or ""
    if '"renovate"' in package:
        return passed(Evidence("settings of Renovate", path="package.json", line=line_of(package, '"renovate"')))
    for workflow in workflows(context):
        match = _IN_CI.search(workflow.text)
        if match:
            return passed(Evidence("a workflow updates dependencies", path=workflow.path, line=line_of(workflow.text, match[0])))
    updates = told(context).updates
    if not isinstance(updates, Hidden) and updates.alerts and updates.fixes is True:
        return passed("Dependabot security updates are turned on in the settings")
    seen = [Evidence(f"{kind} is used", path=path) for kind, path in list(used.items())[:3]]
    elsewhere = (
        "settings of the organisation cannot be seen from here" if isinstance(updates, Hidden) else "they are off on the forge"
    )
    return failed(f"no settings of Dependabot or Renovate in the tree; {elsewhere}", *seen)
