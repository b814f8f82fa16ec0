"""DIS-05: somebody fixes what is reported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import ask, passed
from auditor.openness.reading.files import document, line_of
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_TERMS = re.compile(
    r"\b(?:SLA|patch(?:ed|ing)?|fix(?:ed)?|remediat\w+)\b[^.\n]{0,80}\b\d+\s*(?:working |business )?(?:hours?|days?|weeks?)",
    re.IGNORECASE,
)


@check(
    id="DIS-05",
    title="Somebody fixes what is reported",
    question="Who answers a report of a weakness, and within what time is it fixed?",
    why="Openness is safe for those who can fix quickly: weaknesses in open code are found sooner, by friends and by others.",
    remediation="Agree who watches the reports and the time to fix by severity; attest it in openness.yml.",
    effort=Effort.HOURS,
    who="service owner",
    grade=Grade.MUST,
    method=Method.HUMAN,
    sources=(
        by.cite(by.AI_AND_OPEN_CODE, "Recommendation 4: strengthen remediation capability"),
        by.cite(by.NHS_CHECKLIST, "Who will address identified issues and security concerns? (mandatory)"),
    ),
)
def patching(context: CheckContext) -> Answer:
    """A time to fix in the security policy answers it; otherwise a person does."""
    policy = document(context, "security")
    match = _TERMS.search(policy.text) if policy else None
    if policy and match:
        return passed(Evidence(f"“{match[0].strip()}”", path=policy.path, line=line_of(policy.text, match[0])))
    return ask("A person says who answers reports and in what time weaknesses are fixed.")
