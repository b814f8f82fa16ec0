"""The figures behind the pictures: rows of segments on a scale of 0 to 1000, which the templates draw as static SVG."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from auditor.model.check import Outcome
from auditor.model.levels import Exposure, Severity
from auditor.reports import facts, words
from auditor.reports.safe_text import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditor.model.finding import Finding
    from auditor.model.report import AuditReport

SCALE: Final = 1000
_LEAST: Final = 6
_MOST_ROWS: Final = 30
_LONGEST_PLACE: Final = 60
_TONES: Final = {Outcome.PASS: "good", Outcome.ATTESTED: "fair", Outcome.FAIL: "bad", Outcome.ERROR: "odd"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: where it begins, how long it is, and its tone (a class of the style sheet)."""

    start: int
    length: int
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """A bar with its label and the same in words; `cells` are the row of the table behind the picture."""

    label: str
    value: str
    segments: tuple[Segment, ...]
    cells: tuple[str, ...] = ()
    anchor: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What a tone stands for."""

    tone: str
    label: str


SEVERITY_KEYS: Final = tuple(Key(severity.value, words.SEVERITY[severity]) for severity in reversed(Severity))
OUTCOME_KEYS: Final = (
    Key("good", words.OUTCOME[Outcome.PASS]),
    Key("fair", words.OUTCOME[Outcome.ATTESTED]),
    Key("bad", words.OUTCOME[Outcome.FAIL]),
    Key("odd", words.OUTCOME[Outcome.ERROR]),
    Key("none", f"{words.OUTCOME[Outcome.NOT_APPLICABLE]}, {words.OUTCOME[Outcome.NOT_CHECKED].lower()}"),
)
"""What the colours of a chart mean."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """When each secret came and went against the life of the repository."""

    start: str
    end: str
    rows: tuple[Row, ...]
    left: int


def timeline(report: AuditReport, anchors: Mapping[str, str]) -> Timeline | None:
    """Place findings on the life of the repository, worst first; None where no finding has a date."""
    dated = [finding for finding in facts.counted(report.findings) if finding.first_seen is not None]
    if not dated:
        return None
    moments = [moment for finding in dated for moment in (finding.first_seen, finding.last_seen) if moment]
    begin = min([*moments, *filter(None, (report.target.first_commit,))], key=datetime.timestamp)
    end = max([*moments, report.generated], key=datetime.timestamp)
    span = max(end.timestamp() - begin.timestamp(), 1.0)

    def row(finding: Finding) -> Row:
        first = finding.first_seen or begin
        last = finding.last_seen or end
        start = round((first.timestamp() - begin.timestamp()) / span * SCALE)
        length = max(round((last.timestamp() - first.timestamp()) / span * SCALE), _LEAST)
        start = min(start, SCALE - _LEAST)
        until = facts.day(finding.last_seen) or words.STILL_THERE
        where = shorten(facts.place(finding.first), _LONGEST_PLACE)
        ended = words.RANGE.format(facts.day(first), until) if finding.last_seen else words.SINCE.format(facts.day(first))
        return Row(
            label=finding.title,
            value=ended,
            segments=(Segment(start, min(length, SCALE - start), finding.severity.value),),
            cells=(where, facts.day(first), until, facts.lasted(first, last)),
            anchor=anchors.get(finding.fingerprint, ""),
            detail=where,
        )

    return Timeline(
        facts.day(begin), facts.day(end), tuple(row(finding) for finding in dated[:_MOST_ROWS]), max(len(dated) - _MOST_ROWS, 0)
    )


def by_place(report: AuditReport) -> tuple[Row, ...]:
    """Count open findings by the most public place that holds them."""
    counts: Counter[tuple[Exposure, Severity]] = Counter()
    for finding in facts.counted(report.findings):
        place = facts.worst_exposure(finding)
        if place is not None:
            counts[place, finding.severity] += 1
    totals = {place: sum(counts[place, severity] for severity in Severity) for place in facts.exposures(report)}
    most = max(totals.values(), default=0) or 1
    rows = []
    for place, total in totals.items():
        segments, start = [], 0
        for severity in reversed(Severity):
            if counts[place, severity]:
                length = max(counts[place, severity] * SCALE // most, _LEAST)
                segments.append(Segment(start, min(length, SCALE - start), severity.value))
                start += length
        cells = (*(f"{counts[place, severity]:,}" for severity in reversed(Severity)), f"{total:,}")
        rows.append(Row(words.EXPOSURE[place], f"{total:,}", tuple(segments), cells))
    return tuple(rows)


def by_group(report: AuditReport) -> tuple[Row, ...]:
    """Count outcomes of checks by group."""
    grouped = facts.by_group(report.checks)
    most = max((len(checks) for _, checks in grouped), default=0) or 1
    rows = []
    for name, checks in grouped:
        counts = facts.outcomes(checks)
        segments, start = [], 0
        for outcome, number in counts.items():
            if number:
                length = number * SCALE // most
                segments.append(Segment(start, length, _TONES.get(outcome, "none")))
                start += length
        value = ", ".join(f"{number} {words.OUTCOME[outcome].lower()}" for outcome, number in counts.items() if number)
        rows.append(Row(facts.group_name(name), value, tuple(segments), tuple(str(number) for number in counts.values())))
    return tuple(rows)
