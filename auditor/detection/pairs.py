"""Rules in several parts: a key and its id, a password and its user. The pair is one finding, of higher confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.levels import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.detection.overlap import Candidate
    from auditor.detection.text import Lines
    from auditor.model.rule import Requirement


def pair(candidates: Sequence[Candidate], everything: Sequence[Candidate], lines: Lines) -> list[Candidate]:
    """Join what belongs together.

    Args:
        candidates: the winners on their spans.
        everything: also those that lost their span, which may still be the other part.
        lines: where lines begin.
    """
    result: list[Candidate] = []
    taken: set[tuple[int, int, str]] = set()
    for candidate in candidates:
        partners = []
        complete = True
        for need in candidate.rule.requires:
            partner = _nearest(candidate, need, everything, lines)
            if partner is not None:
                partners.append(partner)
            elif not need.optional:
                complete = False
        if not complete:
            continue
        if partners:
            names = ", ".join(sorted({partner.rule.title for partner in partners}))
            judged = candidate.judged
            candidate = candidate._replace(  # noqa: PLW2901  the joined one takes its place
                judged=judged._replace(confidence=Confidence.HIGH, notes=(*judged.notes, f"beside it: {names}"))
            )
            taken |= {_place(partner) for partner in partners if _is_part(partner)}
        result.append(candidate)
    return [item for item in result if _place(item) not in taken or item.rule.requires]


def _is_part(partner: Candidate) -> bool:
    """Only what is no secret by itself goes into the pair."""
    return partner.judged.severity.rank <= Severity.MEDIUM.rank


def _place(candidate: Candidate) -> tuple[int, int, str]:
    return candidate.start, candidate.end, candidate.rule.id


def _nearest(candidate: Candidate, need: Requirement, everything: Sequence[Candidate], lines: Lines) -> Candidate | None:
    here = lines.number(candidate.start)
    near = [
        (abs(lines.number(other.start) - here), abs(other.start - candidate.start), other)
        for other in everything
        if other.rule.id == need.rule and other.value != candidate.value
    ]
    near = [item for item in near if item[0] <= need.within_lines]
    return min(near, key=lambda item: item[:2])[2] if near else None
