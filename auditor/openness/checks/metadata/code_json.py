"""MET-02: code.json is valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.reading.metadata import judged
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="MET-02",
    title="code.json is valid",
    question="If there is a code.json, does it hold what its standard asks for?",
    why="US federal agencies publish their inventory of code from it.",
    remediation="Correct the keys that are named, or remove the file.",
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.INFO,
    sources=(by.CODE_JSON, by.cite(by.SHARE_IT_ACT, "metadata of custom-developed code")),
)
def code_json(context: CheckContext) -> Answer:
    """Hold it against the mandatory part of the standard."""
    return judged(context, ("code.json",), "code-json")
