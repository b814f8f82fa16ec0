"""Whether a header of columns opens a table of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.detection import tables
from auditor.detection.validation import INVALID, Answer, Verdict, validator
from auditor.model.levels import Confidence

if TYPE_CHECKING:
    from auditor.detection.validation import Context

_REACH: Final = 131_072
_MANY: Final = 20


@validator("person-table")
def person_table(value: bytes, context: Context) -> Answer:
    """Accept a header when the rows below hold what its columns promise; the note says how many."""
    rest = context.after[:_REACH]
    found = tables.find(value.decode("utf-8", "replace"), rest.decode("utf-8", "replace"), cut=len(rest) >= _REACH)
    if found is None:
        return INVALID
    confidence = Confidence.HIGH if found.rows >= _MANY else Confidence.MEDIUM
    return Answer(Verdict.VALID, str(found), confidence=confidence)
