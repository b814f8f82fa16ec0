"""PRO-01: secrets are looked for before or when code is pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.scanning import scanners
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_MOST = 5


@check(
    id="PRO-01",
    title="Secret scanning is configured",
    question="Does a hook or the build look for secrets before they reach the repository?",
    why="An open repository publishes each mistake at once: a scan before the commit or in the build is the last place to stop it.",
    remediation="Add a secret scanner as a pre-commit hook and as a step of the build, and turn on the forge's push protection.",
    effort=Effort.HOURS,
    who="developer",
    # The forge's own scanning, on by default for public repositories, cannot be seen from a clone (PRO-02): hence no must.
    grade=Grade.SHOULD,
    sources=(
        by.cite(by.HOME_OFFICE_SECRETS, "SEGAS-00006: you MUST implement secret scanning"),
        by.cite(by.NHS_SECURITY, "Code must be automatically scanned for secrets"),
        by.cite(by.GDS_SECRET_AUDITING, "How to carry out a secrets audit"),
        by.cite(by.OSPS, "OSPS-BR-07.01"),
    ),
)
def secret_scanning(context: CheckContext) -> Answer:
    """Look for a scanner that something starts; settings alone do not count."""
    found = scanners(context)
    running = [Evidence(sign.text, path=sign.path, line=sign.line) for sign in found if sign.runs]
    if running:
        return passed(*running[:_MOST])
    settings = [Evidence(f"{sign.text}, but no hook or build step that starts it", path=sign.path) for sign in found]
    nothing = "no secret scanner in hooks or build definitions; the forge's own scanning cannot be seen from here"
    return failed(*settings) if settings else failed(nothing)
