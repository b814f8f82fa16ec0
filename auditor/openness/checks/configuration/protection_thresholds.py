"""CFG-08: no thresholds of protection against abuse."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.model.check import Evidence, Method, Outcome
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import ask
from auditor.openness.authorities import OPEN_OR_CLOSED, UKHO_CHECKLIST, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_RULES: Final = re.compile(r"(?:^|[/_.-])(?:waf|modsecurity|fail2ban|rack[_-]attack|rate[_-]?limits?)(?:[/_.-]|$)", re.IGNORECASE)


@check(
    id="CFG-08",
    title="No thresholds of protection against abuse",
    question="Does the code give away the limits of firewalls, rate limits or abuse detection?",
    why="Who knows the threshold stays below it.",
    remediation="Keep the numbers in private configuration, and leave the mechanism open.",
    effort=Effort.HOURS,
    who="security engineer",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(cite(OPEN_OR_CLOSED, "Fraud detection algorithms"), UKHO_CHECKLIST),
    mirrors_findings=True,
)
def protection_thresholds(context: CheckContext) -> Answer:
    """No thresholds of protection against abuse."""
    answer = mirror(context, belongs_to("CFG-08"), "no thresholds of protection against abuse")
    if answer.outcome is Outcome.FAIL:
        return answer
    paths = [path for path in context.view.tree if _RULES.search(path)]
    if paths:
        return replace(
            ask("A person says whether these files give away thresholds.", *(Evidence("", path=p) for p in paths)),
            grade=Grade.SHOULD,
        )
    return answer
