"""Keys right behind the name of a service, where nothing else says what they are."""

from __future__ import annotations

import re
from typing import Final

from auditor.detection.judge_lines import is_log_key, is_page
from auditor.detection.judge_values import code_like, made_up, misshapen, spoiled, token_like
from auditor.detection.rarity import in_runs
from auditor.detection.validation import INVALID, Answer, Context, Verdict, validator
from auditor.detection.validators.values import ODD_LENGTHS, UUID
from auditor.model.levels import Confidence

_LOW: Final = Answer(Verdict.UNKNOWN, confidence=Confidence.LOW)
_MEDIUM: Final = Answer(Verdict.UNKNOWN, confidence=Confidence.MEDIUM)
_COMMIT: Final = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_DRAWN_DIGITS: Final = 3
_IN_WORDS: Final = 0.8
_CUT_UUID: Final = re.compile(rb"(?i)[0-9a-f]{7,8}-[0-9a-f-]{20,40}")
_QUOTES: Final = frozenset({b"'", b'"'})
_WHOLE: Final = frozenset({b"", b"'", b'"', b" ", b"\n", b"\r", b"\t", b",", b"`", b"|"})


@validator("service-key")
def service_key(value: bytes, context: Context) -> Answer:
    """Judge what stands right behind the name of a service: a long drawn value, and neither a commit nor a checksum."""
    text = value.decode("utf-8", "replace")
    digits = sum(character.isdigit() for character in text)
    if _COMMIT.fullmatch(value) or code_like(value) or not token_like(text) or digits < _DRAWN_DIGITS or in_runs(text) > _IN_WORDS:
        return INVALID
    quote = context.before.rstrip(b" ")[-1:]
    if (
        spoiled(text)
        or (_CUT_UUID.fullmatch(value) and not UUID.match(value))
        or (quote in _QUOTES and context.after.lstrip(b" ")[:1] != quote)
    ):
        return INVALID  # altered, or not whole
    doubtful = is_page(context.line) or is_log_key(context.before) or misshapen(text) or context.after[:1] not in _WHOLE
    doubtful = doubtful or made_up(text) or (len(text) % 2 == 1 and len(text) not in ODD_LENGTHS)
    return _LOW if doubtful else _MEDIUM
