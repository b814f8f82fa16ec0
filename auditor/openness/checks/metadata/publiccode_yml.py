"""MET-01: publiccode.yml is valid."""

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
    id="MET-01",
    title="publiccode.yml is valid",
    question="If there is a publiccode.yml, does it hold what its standard asks for?",
    why="European catalogues of public software read it and leave out what is not valid.",
    remediation="Correct the keys that are named, or remove the file.",
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.SHOULD,
    sources=(by.PUBLICCODE_YML, by.cite(by.SPC_FINDABLE, "Requirements")),
)
def publiccode_yml(context: CheckContext) -> Answer:
    """Hold it against the mandatory part of the standard."""
    return judged(context, ("publiccode.yml", "publiccode.yaml"), "publiccode")
