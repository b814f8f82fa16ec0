"""One thing that weighs on a route: what it is, and what it does to the decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.model.levels import Level

if TYPE_CHECKING:
    from auditor.model.verdict import Blocker


class Effect(Level):
    """What one thing does to the decision of a route, from least to most; the decision is that of the weightiest."""

    CAUTION = "caution"
    ANSWER = "answer"
    """A person has to answer, and the word of a person is enough."""
    MEND = "mend"
    """A must that a machine found: mended, or left as it is for an attested reason."""
    COVERED = "covered"
    """It would block, but a valid exception covers it and the repository is to stay closed."""
    BLOCKS = "blocks"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Item:
    """A blocker, caution or question with its effect. `paths` decide whether an exception covers it."""

    effect: Effect
    blocker: Blocker
    paths: tuple[str, ...] = ()
    by_person: bool = False
    weight: int = 0
