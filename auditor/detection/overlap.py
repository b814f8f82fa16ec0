"""One span, one finding: where matches overlap, the most specific rule wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.detection.judge import Judged
    from auditor.model.rule import Rule


@dataclass(frozen=True, slots=True)
class Candidate:
    """A judged match with its value and its place in the content; `container` is the encoding it was found in."""

    rule: Rule
    start: int
    end: int
    judged: Judged
    value: bytes
    container: tuple[str, ...] = ()

    @property
    def weight(self) -> tuple[int, int, int, int, str]:
        """What decides between two that overlap: specificity, confidence, severity, the shorter value, then the id."""
        return (
            self.rule.specificity,
            self.judged.confidence.rank,
            self.judged.severity.rank,
            self.start - self.end,
            self.rule.id,
        )


def choose(candidates: list[Candidate]) -> list[Candidate]:
    """Keep the winner of each group of overlapping values, in the order of their places.

    Rules that only count at some paths compete among themselves: whether they count is not known here, and a rule that turns out
    not to count must not have hidden another.
    """
    if len(candidates) < 2:  # noqa: PLR2004  one has no rival
        return candidates
    kept: list[Candidate] = []
    groups: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.rule.paths.include, []).append(candidate)
    for group in groups.values():
        kept += _winners(group)
    return sorted(kept, key=lambda item: (item.start, item.end, item.rule.id, item.container))


def _winners(candidates: list[Candidate]) -> list[Candidate]:
    winners: list[Candidate] = []
    last = -1
    cluster: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda item: (item.start, item.end)):
        if cluster and candidate.start >= last:
            winners += _of_cluster(cluster)
            cluster = []
            last = -1
        cluster.append(candidate)
        last = max(last, candidate.end)
    return winners + _of_cluster(cluster)


def _of_cluster(cluster: list[Candidate]) -> list[Candidate]:
    if len(cluster) == 1:
        return cluster
    winners: list[Candidate] = []
    for candidate in sorted(cluster, key=lambda item: item.weight, reverse=True):
        if all(candidate.end <= other.start or candidate.start >= other.end for other in winners):
            winners.append(candidate)
    return winners
