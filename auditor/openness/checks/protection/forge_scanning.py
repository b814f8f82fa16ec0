"""PRO-02: the forge looks for secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.forge import confirm, told
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="PRO-02",
    title="The forge scans for secrets and stops pushes",
    question="Are secret scanning and push protection turned on?",
    why="They look at every push, also of those who have no hook, and tell the providers of leaked keys.",
    remediation="Settings, Advanced Security: turn on secret scanning and push protection.",
    effort=Effort.MINUTES,
    who="administrator of the repository",
    grade=Grade.MUST,
    method=Method.API,
    sources=(
        by.cite(by.GDS_SECRET_AUDITING, "Your team must"),
        by.cite(by.NHS_ACTIONS, "Use GitHub Secrets"),
        by.cite(by.OSPS, "OSPS-BR-07.01"),
    ),
)
def forge_scanning(context: CheckContext) -> Answer:
    """Only the forge knows, and tells administrators only."""
    found = told(context).scanning
    if isinstance(found, Hidden):
        where = "Settings, Advanced Security: secret scanning and push protection are on"
        return confirm(where, "administrator rights on the repository", hidden=found)
    off = [what for what, on in (("secret scanning", found.alerts), ("push protection", found.push_protection)) if not on]
    return failed(*(f"{what} is off" for what in off)) if off else passed("secret scanning and push protection are on")
