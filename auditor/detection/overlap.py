"""One span, one finding: where matches overlap, the most specific rule wins."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container

    from auditor.detection.judge import Judged
    from auditor.model.rule import Rule


class Candidate(NamedTuple):
    """A judged match with its value and its place in the content; `container` is the encoding it was found in.

    A tuple, since an address list has thousands of them, of which hardly one is kept.
    """

    start: int
    end: int
    rule: Rule
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


_PLACE: Final = itemgetter(0, 1)


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


def without_repeats(candidates: list[Candidate], once: Container[str]) -> list[Candidate]:
    """Drop values of these rules that stood alone before: with no rival beside it, each of them would win like the first."""
    if len(candidates) < 2:  # noqa: PLR2004  nothing is repeated
        return candidates
    kept: list[Candidate] = []
    seen: set[tuple[str, bytes]] = set()
    ordered = sorted(candidates, key=_PLACE)
    last = -1
    for place, candidate in enumerate(ordered, 1):
        start, end, rule, *_ = candidate
        alone = start >= last and (place == len(ordered) or ordered[place][0] >= end)
        last = max(last, end)
        if alone and rule.id in once:
            key = (rule.id, candidate.value)
            if key in seen:
                continue
            seen.add(key)
        kept.append(candidate)
    return kept


def _winners(candidates: list[Candidate]) -> list[Candidate]:
    winners: list[Candidate] = []
    last = -1
    cluster: list[Candidate] = []
    for candidate in sorted(candidates, key=_PLACE):
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
