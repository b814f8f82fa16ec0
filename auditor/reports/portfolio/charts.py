"""The figures behind the pictures of a portfolio, on the same scale and in the same shapes as those of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.model.check import Outcome
from auditor.model.verdict import Decision
from auditor.reports import facts
from auditor.reports.pictures import SCALE, Key, Row, Segment
from auditor.reports.portfolio import words

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from auditor.model.organisation import Portfolio, RunSummary

DECISIONS: Final = tuple(decision for decision in Decision if decision is not Decision.NOT_APPLICABLE)
STATES: Final = (*(decision.value for decision in DECISIONS), "none")
STATE_KEYS: Final = tuple(Key(f"state-{name}", words.STATE[name]) for name in STATES)
_MOST_RUNS: Final = 30
_COLUMN: Final = 44
_GAP: Final = 10
_HEIGHT: Final = 200
_BAR: Final = (Outcome.PASS, Outcome.ATTESTED, Outcome.FAIL, Outcome.ERROR, Outcome.NOT_CHECKED)
_TONES: Final = dict(zip(_BAR, ("good", "fair", "bad", "odd", "none"), strict=True))
"""In the order of the bar: what holds stands together, at its beginning."""


@dataclass(frozen=True, slots=True)
class Column:
    """One run as a column of stacked segments, drawn at `x`; `start` of a segment is measured from the top."""

    x: int
    width: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """The columns, and the same as a table."""

    width: int
    height: int
    columns: tuple[Column, ...]
    first: str
    last: str
    rows: tuple[Row, ...]


def counts(portfolio: Portfolio) -> dict[str, int]:
    """Count repositories by state; a decision that no page knows counts as not looked at."""
    found = dict.fromkeys(STATES, 0)
    for one in portfolio.repositories:
        name = one.decision.value if one.decision is not None else "none"
        found[name if name in found else "none"] += 1
    return found


def split(portfolio: Portfolio) -> tuple[Row, ...]:
    """Draw how many repositories there are of each verdict."""
    found = counts(portfolio)
    most, total = max(found.values(), default=0) or 1, len(portfolio.repositories)
    return tuple(
        Row(
            words.STATE[name],
            f"{number:,} ({words.percent(number, total)})",
            (Segment(0, max(number * SCALE // most, 1), f"state-{name}"),) if number else (),
            (f"{number:,}", words.percent(number, total)),
        )
        for name, number in found.items()
    )


def trend(portfolio: Portfolio) -> Trend | None:
    """Draw the newest runs as columns; None where there are not two to compare."""
    runs = portfolio.runs[-_MOST_RUNS:]
    if len(runs) < 2:  # noqa: PLR2004  one run is no trend
        return None
    most = max(run.repositories for run in runs) or 1
    columns = tuple(Column(index * _COLUMN, _COLUMN - _GAP, _stack(run, most)) for index, run in enumerate(runs))
    rows = tuple(
        Row(
            facts.day(run.at),
            "",
            (),
            (f"{run.repositories:,}", *(f"{dict(run.decisions).get(decision, 0):,}" for decision in DECISIONS)),
        )
        for run in reversed(runs)
    )
    return Trend(len(runs) * _COLUMN - _GAP, _HEIGHT, columns, facts.day(runs[0].at), facts.day(runs[-1].at), rows)


def _stack(run: RunSummary, most: int) -> tuple[Segment, ...]:
    """Stack the decisions of a run from the bottom, ready first."""
    decided = dict(run.decisions)
    known = {name.value: decided.get(name, 0) for name in DECISIONS}
    known["none"] = max(run.repositories - sum(known.values()), 0)
    segments, reached = [], 0
    for name, number in known.items():
        bottom = _HEIGHT - reached * _HEIGHT // most
        top = _HEIGHT - (reached + number) * _HEIGHT // most
        if bottom > top:
            segments.append(Segment(top, bottom - top, f"state-{name}"))
        reached += number
    return tuple(segments)


def outcome_bar(counted: Mapping[Outcome, int] | Counter[Outcome], whole: int) -> Row:
    """Draw the outcomes of one check over all repositories; what does not apply is left out of the whole."""
    segments, start = [], 0
    for outcome, tone in _TONES.items():
        if not counted.get(outcome) or not whole:
            continue
        length = max(counted[outcome] * SCALE // whole, 1)
        segments.append(Segment(start, min(length, SCALE - start), tone))
        start += length
    return Row("", "", tuple(one for one in segments if one.length > 0))
