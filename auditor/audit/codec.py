"""Our own values as JSON and back: a closed list of types, each by its number, so that nothing else can come out of a file."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Final

from auditor.model.blob import Origin
from auditor.model.check import Attested, CheckInfo, CheckResult, Evidence, Method, Outcome, Source
from auditor.model.coverage import Coverage, GapKind, Skipped
from auditor.model.finding import Finding, Location, Match, Span, Suppression
from auditor.model.levels import Confidence, Effort, Exposure, Grade, Severity
from auditor.model.report import Attestation, AuditReport, Deadline, HistoryFigures, Target, Tool, Way
from auditor.model.rule import Category, Remediation
from auditor.model.verdict import Blocker, BlockerKind, Decision, Route, Verdict
from auditor.openness.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

_CLASSES: Final = (
    *(
        Match,
        Span,
        Suppression,
        Finding,
        Location,
        Coverage,
        Skipped,
        Remediation,
        Target,
        Source,
        Answer,
        Evidence,
        HistoryFigures,
        AuditReport,
        Tool,
        Attestation,
        Deadline,
        Way,
        CheckResult,
        CheckInfo,
        Attested,
        Verdict,
        Route,
        Blocker,
    ),
)
_SCALES: Final = (
    *(Origin, Severity, Confidence, Exposure, Grade, Category, GapKind, Outcome),
    *(Effort, Method, Decision, BlockerKind),
)
_PARTS: Final[dict[type, Callable[[Any], tuple[Any, ...]]]] = {
    made: attrgetter(*(field.name for field in fields(made))) for made in _CLASSES
}
_SIMPLE: Final = frozenset({str, int, bool, float, type(None)})
_SEQUENCE: Final = 0
_WORDS: Final[tuple[tuple[type, Callable[[Any], str], Callable[[str], Any]], ...]] = (
    (bytes, bytes.hex, bytes.fromhex),
    (datetime, datetime.isoformat, datetime.fromisoformat),
    (date, date.isoformat, date.fromisoformat),
)
_CODES: Final[dict[type, int]] = {
    kind: number for number, kind in enumerate((*(kind for kind, _, _ in _WORDS), *_SCALES, *_CLASSES), start=1)
}
"""The number before the parts of a value says what it is. It holds for our code as it is, by which the store is named."""
_WRITERS: Final = {kind: write for kind, write, _ in _WORDS}
_MEMBERS: Final = {scale: {member: [_CODES[scale], member.value] for member in scale} for scale in _SCALES}
_READERS: Final[dict[int, Callable[[str], Any]]] = {
    **{_CODES[kind]: read for kind, _, read in _WORDS},
    **{_CODES[scale]: {member.value: member for member in scale}.__getitem__ for scale in _SCALES},
}
_MAKERS: Final[dict[int, Callable[..., Any]]] = {_CODES[made]: made for made in _CLASSES}


def plain(value: Any) -> Any:  # noqa: ANN401  any of our values
    """Return a value as JSON holds it; sequences become tuples on the way back.

    Raises:
        TypeError: it is of a type that is not on the list.
    """
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if kind is tuple or kind is list or kind in _PARTS:
        code, parts = (_CODES[kind], _PARTS[kind](value)) if kind in _PARTS else (_SEQUENCE, value)
        # Most parts are words, numbers and members of a scale, and a call for each takes twice as long.
        return [
            code,
            *[part if (of := type(part)) in _SIMPLE else _MEMBERS[of][part] if of in _MEMBERS else plain(part) for part in parts],
        ]
    if kind in _WRITERS:
        return [_CODES[kind], _WRITERS[kind](value)]
    if kind in _MEMBERS:
        return _MEMBERS[kind][value]
    msg = f"a {kind.__name__} cannot be kept"
    raise TypeError(msg)


def part_of(kind: type, name: str) -> Callable[[Any], Any]:
    """Return what takes one part out of what `plain` wrote of a value of this class: of most only one is wanted."""
    return itemgetter(1 + [field.name for field in fields(kind)].index(name))


def beginning_of(kind: type) -> bytes:
    """Return what stands in JSON wherever a value of this class does."""
    return b"[%d," % _CODES[kind]


def is_a(kind: type, data: Any) -> bool:  # noqa: ANN401  as below
    """Tell whether `plain` wrote this of a value of this class."""
    return bool(data[0] == _CODES[kind])


def made_of(data: Any) -> Any:  # noqa: ANN401  any of our values
    """Return the value again; written for speed, as a scan takes up tens of thousands.

    Raises:
        KeyError, TypeError, ValueError: it is not what `plain` writes.
    """
    if type(data) is not list:
        return data
    code = data[0]
    if code in _READERS:
        return _READERS[code](data[1])
    # Words of a scale and keys are four of five parts of a match: a call for each takes half as long again.
    parts = [
        part if type(part) is not list else _READERS[part[0]](part[1]) if part[0] in _READERS else made_of(part)
        for part in data[1:]
    ]
    return tuple(parts) if code == _SEQUENCE else _MAKERS[code](*parts)
