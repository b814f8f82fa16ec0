"""HIS-06: how the history is to be published was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import ask, not_applicable, passed
from auditor.openness.reading.files import plural
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="HIS-06",
    title="The way of publishing the history is decided",
    question="Did somebody decide whether the history is kept, rewritten or left behind, and write down why?",
    why="Old code is opened in one of three ways: keep the history after changing all keys, rewrite it, or start a new repository.",
    remediation=(
        "Choose one, keeping the history and changing all keys first of all, and record it as history.option with a reason in "
        "openness.yml."
    ),
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.MUST,
    method=Method.HUMAN,
    sources=(
        by.CLOSED_TO_OPEN,
        by.cite(by.UKHO_CHECKLIST, "Quality: has the open-sourced codebase had its history removed?"),
        by.cite(by.CMS_CHECKLIST, "Review Commit History"),
    ),
)
def history_option(context: CheckContext) -> Answer:
    """Read the decision from openness.yml."""
    commits = context.fact("count of commits", lambda: len(context.view.commits))
    if context.view.kind != "repository" or commits <= 1:
        return not_applicable("there is no earlier history")
    if context.book.history_option:
        reason = f": {context.book.history_reason}" if context.book.history_reason else ""
        return passed(Evidence(f"{context.book.history_option}{reason}", path=context.book.path or None))
    return ask(
        "A person records history.option and a reason in openness.yml.",
        Evidence(plural(commits, "commit"), count=commits),
    )
