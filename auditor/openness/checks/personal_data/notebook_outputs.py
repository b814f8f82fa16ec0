"""PII-12: the outputs of notebooks are cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.authorities import NHS_OPEN_POLICY, cite
from auditor.openness.reading.data import outputs
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="PII-12",
    title="Notebook outputs are cleared",
    question="Do notebooks keep the output of the runs of their authors?",
    why="Output shows rows of the real data that the author looked at.",
    remediation="Clear the outputs, and add a hook that does so; or attest that a person looked at them.",
    effort=Effort.MINUTES,
    who="analyst",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(cite(NHS_OPEN_POLICY, "Appendix B: notebook outputs"),),
)
def notebook_outputs(context: CheckContext) -> Answer:
    """The outputs of notebooks are cleared."""
    notebooks = [path for path in context.view.tree if path.lower().endswith(".ipynb")]
    if not notebooks:
        return not_applicable("There are no notebooks.")
    found = [Evidence("cells with output", path=path, count=count) for path, count in outputs(context, notebooks)]
    return failed(*found) if found else passed(f"{len(notebooks)} notebooks keep no output")
