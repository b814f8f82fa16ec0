"""Checks that say no more than their findings do: picking the findings, and turning them into evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.model.check import Evidence
from auditor.model.levels import Grade
from auditor.model.rule import Category
from auditor.openness.answer import failed, passed
from auditor.openness.grading import grade_of, is_cleared, is_rotated
from auditor.openness.subjects import check_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from auditor.model.finding import Finding, Location
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

SECRETS: Final = frozenset({Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY})


def is_secret(finding: Finding) -> bool:
    """Tell whether it is a key, password or token."""
    return finding.category in SECRETS


def belongs_to(*check_ids: str) -> Callable[[Finding], bool]:
    """Return a test for findings that belong to one of these checks."""
    return lambda finding: check_for(finding) in check_ids


def open_findings(context: CheckContext) -> tuple[Finding, ...]:
    """Return the findings that count: neither accepted nor rotated, and more than information."""
    return context.once(
        "open findings",
        lambda: tuple(
            finding
            for finding in context.findings
            if not is_cleared(finding) and not is_rotated(finding) and grade_of(finding, context.policy).rank > Grade.INFO.rank
        ),
    )


def mirror(
    context: CheckContext,
    wanted: Callable[[Finding], bool],
    clear: str,
    at: Callable[[Location], bool] = lambda _: True,
) -> Answer:
    """Answer with the open findings of a sort, at places of a sort: fail with all of them, pass without.

    A failure weighs as much as the gravest finding in it.
    """
    evidence = []
    gravest = Grade.INFO
    for finding in open_findings(context):
        places = [place for place in finding.locations if at(place)] if wanted(finding) else []
        if places:
            evidence += evidence_of(finding, places)
            gravest = max(gravest, grade_of(finding, context.policy), key=lambda grade: grade.rank)
    return failed(*evidence, grade=gravest) if evidence else passed(clear)


def evidence_of(finding: Finding, places: Iterable[Location]) -> list[Evidence]:
    """Say what was found and where, once for each path, without its value."""
    by_path: dict[str | None, list[Location]] = {}
    for place in places:
        by_path.setdefault(place.path, []).append(place)
    return [
        Evidence(_words(finding, same[0]), path=path, line=same[0].line, commit=same[0].commit, count=len(same))
        for path, same in by_path.items()
    ]


def _words(finding: Finding, place: Location) -> str:
    return f"{finding.title} ({place.container})" if place.container else finding.title
