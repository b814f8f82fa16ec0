"""Exceptions for closed subsets: which hold today, and what they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.openness.dates import add_months
from auditor.openness.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from auditor.model.openness_file import ClosedSubset, OpennessFile

MOST_MONTHS: Final = 12
_EVERYTHING: Final = frozenset({"*", "**", "/**", "**/*", "/"})
_THREAT_MODEL: Final = (
    ("attacker", "the attacker"),
    ("publication_adds", "what publication adds"),
    ("path_to_harm", "the path to harm"),
)


def faults(entry: ClosedSubset, today: date, most_months: int = MOST_MONTHS) -> tuple[str, ...]:
    """Say what is wrong with an exception: nothing, where it holds."""
    wrong = []
    if not entry.paths:
        wrong.append("names no paths")
    if not entry.approved_by.role:
        wrong.append("names no role that approved it")
    if entry.on > today:
        wrong.append(f"is dated {entry.on.isoformat()}, which is still to come")
    if entry.review_by < today:
        wrong.append(f"was to be reviewed by {entry.review_by.isoformat()}")
    if entry.review_by > add_months(entry.on, most_months):
        wrong.append(f"runs for more than {most_months} months")
    given = [name for name, _ in _THREAT_MODEL if getattr(entry, name)]
    if entry.private_threat_model and not given:
        return tuple(wrong)
    missing = [words for name, words in _THREAT_MODEL if not getattr(entry, name)]
    if missing:
        wrong.append(f"does not say {', '.join(missing)}")
    return tuple(wrong)


def valid_exceptions(book: OpennessFile, today: date, most_months: int = MOST_MONTHS) -> tuple[str, ...]:
    """Return the globs of all exceptions that hold today."""
    return tuple(path for entry in book.exceptions if not faults(entry, today, most_months) for path in entry.paths)


def covered(paths: Iterable[str], globs: tuple[str, ...]) -> bool:
    """Tell whether every path is covered; what has no path is covered only by an exception for everything."""
    if _EVERYTHING & set(globs):
        return True
    listed = list(paths)
    return bool(listed) and all(path and matches(path, globs) for path in listed)
