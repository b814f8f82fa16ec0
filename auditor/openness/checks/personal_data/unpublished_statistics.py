"""PII-14: no unpublished or disclosive statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import ask, not_applicable
from auditor.openness.authorities import NHS_OPEN_POLICY, cite
from auditor.openness.reading.data import data_files
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="PII-14",
    title="No unpublished or disclosive statistics",
    question="Do data files hold statistics that are not published yet, or counts so small that they point at persons?",
    why="A count of one is a person, and a figure before its day is a breach.",
    remediation="Take them out until publication, and round or suppress small numbers.",
    effort=Effort.HOURS,
    who="statistician",
    grade=Grade.MUST,
    method=Method.HUMAN,
    sources=(cite(NHS_OPEN_POLICY, "4e: unreleased official statistics"),),
)
def unpublished_statistics(context: CheckContext) -> Answer:
    """No unpublished or disclosive statistics."""
    files = data_files(context)
    if not files:
        return not_applicable("There are no data files outside tests.")
    return ask(
        "A person says whether these files hold unpublished or small numbers.",
        *(Evidence("data file", path=path) for path in files),
    )
