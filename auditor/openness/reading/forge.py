"""What only the forge can tell: said as not checked, with where to look and what a token would need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.openness.answer import not_checked

if TYPE_CHECKING:
    from auditor.model.check import Evidence
    from auditor.openness.answer import Answer


def confirm(where: str, permission: str, *evidence: Evidence) -> Answer:
    """Answer that the forge was not asked, where a person finds the answer, and which permission would let the tool look."""
    return not_checked(f"{where[0].upper()}{where[1:]}. Only the forge's API tells, with {permission}.", *evidence)
