"""What the forge told: the facts that were gathered, or not checked, with where to look and what a token would need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.model.forge import NOT_ASKED, ForgeFacts
from auditor.openness.answer import not_checked

if TYPE_CHECKING:
    from auditor.model.check import Evidence
    from auditor.model.forge import Hidden
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_NOTHING: Final = ForgeFacts("", "")


def told(context: CheckContext) -> ForgeFacts:
    """Return what the forge told; where it was not asked, every field says so."""
    return context.forge or _NOTHING


def confirm(where: str, permission: str, *evidence: Evidence, hidden: Hidden = NOT_ASKED) -> Answer:
    """Answer that the forge did not tell, where a person finds the answer, and which permission would let the tool look."""
    place = f"{where[0].upper()}{where[1:]}"
    if hidden == NOT_ASKED:
        return not_checked(f"{place}. Only the forge's API tells, with {permission}.", *evidence)
    return not_checked(f"{place}. The forge was asked: {hidden}.", *evidence)
