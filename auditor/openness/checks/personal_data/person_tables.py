"""PII-10: no tables of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method, Outcome
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import ask
from auditor.openness.authorities import CMS_CHECKLIST, NHS_OPEN_POLICY, cite
from auditor.openness.mirror import belongs_to, mirror
from auditor.openness.reading.data import CLOSED_DATA, OPENED_DATA
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="PII-10",
    title="No tables of people",
    question="Is there a table whose columns look like people, or a data file that nobody can read without a program?",
    why="One file can hold thousands of people.",
    remediation="Replace it by made-up records, or have the data owner agree in writing and attest that.",
    effort=Effort.HOURS,
    who="data owner",
    grade=Grade.BLOCKER,
    method=Method.CANDIDATES,
    sources=(cite(NHS_OPEN_POLICY, "4e: written permission of the data owner"), cite(CMS_CHECKLIST, "synthetic data")),
    mirrors_findings=True,
)
def person_tables(context: CheckContext) -> Answer:
    """No tables of people."""
    answer = mirror(context, belongs_to("PII-10"), "no table looks like a table of people")
    if answer.outcome is Outcome.FAIL:
        return answer
    shut = {skipped.path for skipped in context.coverage.opaque}
    closed = [
        path
        for path in context.view.tree
        if path.lower().endswith(CLOSED_DATA) and (path in shut or not path.lower().endswith(OPENED_DATA))
    ]
    if closed:
        return ask(
            "A person says what these data files hold.", *(Evidence("data in a closed format", path=path) for path in closed)
        )
    return answer
