"""CLS-02: fraud detection is kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import ask, not_applicable
from auditor.openness.authorities import OPEN_OR_CLOSED, cite
from auditor.openness.mirror import open_findings
from auditor.openness.registry import check
from auditor.openness.subjects import check_for

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CLS-02",
    title="Fraud detection is separate from the code that calls it",
    question="Is fraud detection kept apart, so that the rest can be open?",
    why="Only the detection may stay closed, not what uses it.",
    remediation="Move the detection to a package that the open code calls.",
    effort=Effort.DAYS,
    who="tech lead",
    grade=Grade.MUST,
    method=Method.HUMAN,
    sources=(cite(OPEN_OR_CLOSED, "Fraud detection algorithms"),),
)
def fraud_separated(context: CheckContext) -> Answer:
    """Fraud detection is kept apart."""
    candidates = [f for f in open_findings(context) if check_for(f) == "CLS-01"]
    if not candidates:
        return not_applicable("Nothing looks like fraud detection.")
    return ask("A person says whether it is kept apart.", *(Evidence(f.title, path=f.first.path) for f in candidates))
