"""CLS-05: the closed part is in neither files nor history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.authorities import CLOSED_TO_OPEN, OPEN_OR_CLOSED, cite
from auditor.openness.globs import matches
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="CLS-05",
    title="The closed part is not in what gets opened",
    question="Is the part that stays closed gone from the files and the history?",
    why="What is in the history is opened with it.",
    remediation="Move the closed part to its own repository, and rewrite the history or make a fresh import.",
    effort=Effort.DAYS,
    who="tech lead",
    grade=Grade.BLOCKER,
    sources=(cite(OPEN_OR_CLOSED, "Fraud detection algorithms"), cite(CLOSED_TO_OPEN, "Option 3: a new repository")),
)
def still_in_history(context: CheckContext) -> Answer:
    """The closed part is in neither files nor history."""
    globs = tuple(path for entry in context.book.exceptions for path in entry.paths)
    if not globs or context.book.intended == "closed":
        return not_applicable("No part of an open repository stays closed.")
    now = [path for path in context.view.tree if matches(path, globs)]
    before = [p for p in context.view.historic_paths.values() if p.path not in context.view.tree and matches(p.path, globs)]
    if now or before:
        return failed(
            *(Evidence("in the current files", path=path) for path in now),
            *(Evidence("in the history", path=p.path, commit=p.commit) for p in before),
        )
    return passed("neither the files nor the history hold a closed path")
