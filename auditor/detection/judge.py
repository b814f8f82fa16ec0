"""From a raw match to a judged one: conditions of the rule, harmless values, validators. Depends on the window alone."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from auditor.detection import filters, judge_places
from auditor.detection.judge_values import made_up
from auditor.detection.rarity import is_words
from auditor.detection.samples import known_sample
from auditor.detection.validation import Context, Verdict
from auditor.model.levels import Confidence, Severity
from auditor.model.rule import Category

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.detection.compiled import CompiledRule
    from auditor.detection.matcher import Expression, Found
    from auditor.model.rule import Charset

AROUND: Final = 200
"""So many bytes on each side of a match are looked at, or as many as its rule asks for."""

_AROUND: Final = 160
_SEAM: Final = "\u00a6".encode()
"""The mark inside the synthetic examples of rule files; a value that holds it is not the value of anything."""


class Judged(NamedTuple):
    """A match that stands: where the value is, where the whole match is, and how it is graded."""

    start: int
    end: int
    whole_start: int
    whole_end: int
    severity: Severity
    confidence: Confidence
    notes: tuple[str, ...] = ()

    def moved(self, by: int) -> Judged:
        """Return the same, so many bytes further on."""
        start, end, whole_start, whole_end, severity, confidence, notes = self
        return Judged(start + by, end + by, whole_start + by, whole_end + by, severity, confidence, notes)


def judge(  # noqa: PLR0913, PLR0917  a match is all of it
    compiled: CompiledRule, expression: Expression, group: int, found: Found, window: bytes, low: int
) -> Judged | None:
    """Judge one match by what stands around it; None where it is harmless or does not fulfil its rule's conditions.

    `window` begins `low` bytes into what was searched.
    """
    whole_start, whole_end = _span(found, 0, low)
    start, end = _span(found, group, low)
    if start < 0 or start == end:
        start, end = whole_start, whole_end
    value = window[start:end]
    rule = compiled.rule
    if _SEAM in value or (compiled.is_secret and judge_places.is_binary(window, start, end)):
        return None
    if compiled.is_secret and (sample := known_sample(value)):
        note = f"public sample: {sample}"
        return Judged(start, end, whole_start, whole_end, Severity.INFO, rule.confidence, (note,))
    near = window[max(0, whole_start - rule.within.before) : whole_end + rule.within.after]
    if not _fulfils(compiled, value, near):
        return None
    severity = rule.severity
    notes: tuple[str, ...] = ()
    if compiled.is_secret:
        named = "name" in expression.groups
        graded = _as_secret(window, (whole_start, start, end), rule.severity, named=named)
        if graded is None or filters.is_monotonous(_behind(rule.public_prefixes, value)):
            return None
        severity, notes = graded
    judged = Judged(start, end, whole_start, whole_end, severity, rule.confidence, notes)
    if not compiled.validators:
        return _calmed(judged, value) if rule.category is Category.SECRET else judged
    groups = {name: _group(_span(found, number, low), window) for name, number in expression.groups.items()}
    return _validated(compiled, value, Context(window, start, end, groups), judged)


def _behind(prefixes: Sequence[str], value: bytes) -> bytes:
    """Return what was drawn: the value without what all tokens of its kind begin with."""
    known = (prefix for prefix in map(str.encode, prefixes) if value.startswith(prefix))
    return value[len(max(known, key=len, default=b"")) :]


def _calmed(judged: Judged, value: bytes) -> Judged:
    """Be less sure of what has the form of a token and was not drawn: it counts, or it is made of words."""
    text = value.decode("utf-8", "replace")
    if judged.confidence is not Confidence.HIGH or not (made_up(text) or is_words(text)):
        return judged
    return judged._replace(confidence=Confidence.MEDIUM, notes=(*judged.notes, "it looks made up"))


def _as_secret(
    window: bytes, places: tuple[int, int, int], severity: Severity, *, named: bool
) -> tuple[Severity, tuple[str, ...]] | None:
    """Grade a value by what is known of values; where a name stands before it, also by what stands around. None: it is harmless."""
    whole, start, end = places
    value = window[start:end]
    if filters.is_placeholder(value) or filters.is_reference(value):
        return None
    name, before = window[whole:start], window[max(0, start - _AROUND) : start]
    if judge_places.names_client(before):
        return None
    if not named:
        return severity, ()
    if judge_places.opens_nothing(name, before, value, window[end : end + _AROUND]):
        return None
    return (Severity.LOW, ("a session, which ends by itself",)) if judge_places.is_session(name, before) else (severity, ())


def _validated(compiled: CompiledRule, value: bytes, context: Context, judged: Judged) -> Judged | None:
    severity, confidence, notes = judged.severity, judged.confidence, list(judged.notes)
    proved = compiled.rule.category is not Category.SECRET
    for check in compiled.validators:
        answer = check(value, context)
        if answer.verdict is Verdict.INVALID:
            return None
        if answer.verdict is Verdict.VALID:
            confidence, proved = Confidence.HIGH, True
        confidence = answer.confidence or confidence
        if answer.severity is not None and severity is not Severity.INFO:
            severity = answer.severity
        if answer.note:
            notes.append(answer.note)
    judged = judged._replace(severity=severity, confidence=confidence, notes=tuple(notes))
    return judged if proved else _calmed(judged, value)


def _span(found: Found, group: int, low: int) -> tuple[int, int]:
    start, end = found.span(group)
    return (start - low, end - low) if start >= 0 else (-1, -1)


def _group(span: tuple[int, int], window: bytes) -> bytes:
    start, end = span
    return window[start:end] if start >= 0 else b""


def _fulfils(compiled: CompiledRule, value: bytes, near: bytes) -> bool:
    """Tell whether a value has what its rule asks for."""
    rule = compiled.rule
    if _is_allowed(compiled, value) or not _has_charset(rule.charset, value) or not _has_context(compiled, near):
        return False
    return not rule.min_entropy or entropy(value) >= rule.min_entropy


def _is_allowed(compiled: CompiledRule, value: bytes) -> bool:
    if value in compiled.allowed_values or any(item.search(value) for item in compiled.allowed):
        return True
    if compiled.stopwords:
        lower = value.lower()
        return any(word in lower for word in compiled.stopwords)
    return False


def _has_charset(charset: Charset, value: bytes) -> bool:
    if not (charset.min_digits or charset.min_upper or charset.min_lower or charset.min_special):
        return True
    digits = sum(48 <= byte <= 57 for byte in value)  # noqa: PLR2004  the codes of 0 and 9
    upper = sum(65 <= byte <= 90 for byte in value)  # noqa: PLR2004  of A and Z
    lower = sum(97 <= byte <= 122 for byte in value)  # noqa: PLR2004  of a and z
    special = len(value) - digits - upper - lower
    return (
        digits >= charset.min_digits
        and upper >= charset.min_upper
        and lower >= charset.min_lower
        and special >= charset.min_special
    )


def _has_context(compiled: CompiledRule, near: bytes) -> bool:
    if compiled.keywords:
        lower = near.lower()
        if not any(word in lower for word in compiled.keywords):
            return False
    return not compiled.contexts or any(item.search(near) for item in compiled.contexts)


def entropy(value: bytes) -> float:
    """Return Shannon's entropy in bits per byte."""
    size = len(value)
    return -sum(count / size * math.log2(count / size) for count in Counter(value).values()) if size else 0.0
