"""DIS-02: what happens after a report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, not_checked, passed
from auditor.openness.reading.files import document, line_of
from auditor.openness.reading.organisation import known_default
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_PROCESS = re.compile(
    r"\b(?:within|in)\s+(?:\w+\s+)?\(?\d+\)?\s*(?:working |business )?(?:hours?|days?|weeks?)|\b(?:acknowledge|respond|"
    r"reply|triage)\b|response time|"
    r"what (?:happens|to expect)|coordinated|responsible disclosure|vulnerability disclosure (?:policy|programme)|hackerone",
    re.IGNORECASE,
)


@check(
    id="DIS-02",
    title="The security policy says what happens next",
    question="Does the security policy say how a report is handled, and in what time?",
    why="Finders wait when they know for how long. Without that they publish.",
    remediation=(
        "Say in SECURITY.md when you confirm a report and when you expect to fix it, or link to the policy of your organisation."
    ),
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.SHOULD,
    sources=(by.cite(by.OSPS, "OSPS-VM-01.01"), by.cite(by.GDS_DISCLOSURE, "having a plan for how you would respond")),
)
def disclosure_process(context: CheckContext) -> Answer:
    """Look in the policy for times and steps."""
    policy = document(context, "security")
    if policy is None:
        default = known_default(context, "security")
        return (
            not_checked(f"The policy is not in this repository: {default}.")
            if default
            else not_applicable("there is no security policy (DIS-01)")
        )
    match = _PROCESS.search(policy.text)
    if match:
        return passed(Evidence(f"“{match[0].strip()}”", path=policy.path, line=line_of(policy.text, match[0])))
    return failed(Evidence("says neither how nor when a report is handled", path=policy.path))
