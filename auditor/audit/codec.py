"""Our own values as JSON and back: a closed list of types, each by its name, so that nothing else can come out of a file."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from auditor.model.blob import Origin
from auditor.model.check import Attested, CheckInfo, CheckResult, Evidence, Method, Outcome, Source
from auditor.model.coverage import Coverage, GapKind, Skipped
from auditor.model.finding import Finding, Location, Match, Span, Suppression
from auditor.model.levels import Confidence, Effort, Exposure, Grade, Severity
from auditor.model.report import Attestation, AuditReport, Deadline, HistoryFigures, Target, Tool, Way
from auditor.model.rule import Category, Remediation
from auditor.model.verdict import Blocker, BlockerKind, Decision, Route, Verdict
from auditor.openness.answer import Answer

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
_BY_NAME: Final[dict[str, Any]] = {made.__name__: made for made in (*_CLASSES, *_SCALES)}
_FIELDS: Final[dict[type, tuple[str, ...]]] = {made: tuple(field.name for field in fields(made)) for made in _CLASSES}
_PLAIN: Final[dict[str, Any]] = {"bytes": bytes.fromhex, "datetime": datetime.fromisoformat, "date": date.fromisoformat}
_SIMPLE: Final = frozenset({str, int, bool, float, type(None)})


def plain(value: Any) -> Any:  # noqa: ANN401  any of our values
    """Return a value as JSON holds it; sequences become tuples on the way back.

    Raises:
        TypeError: it is of a type that is not on the list.
    """
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if kind in {tuple, list}:
        return [plain(item) for item in value]
    if kind in _FIELDS:
        return {"": kind.__name__, **{name: plain(getattr(value, name)) for name in _FIELDS[kind]}}
    name, text = kind.__name__, None
    if isinstance(value, Enum):
        text = value.value
    elif isinstance(value, bytes):
        text = value.hex()
    elif isinstance(value, date):
        text = value.isoformat()
    if text is not None:
        return {"": name, "is": text}
    msg = f"a {name} cannot be kept"
    raise TypeError(msg)


def made_of(data: Any) -> Any:  # noqa: ANN401  any of our values
    """Return the value again.

    Raises:
        KeyError, TypeError, ValueError: it is not what `plain` writes.
    """
    if isinstance(data, list):
        return tuple([made_of(item) for item in data])
    if not isinstance(data, dict):
        return data
    kind = data[""]
    if kind in _PLAIN:
        return _PLAIN[kind](data["is"])
    made = _BY_NAME[kind]
    return made(data["is"]) if "is" in data else made(**{name: made_of(item) for name, item in data.items() if name})
