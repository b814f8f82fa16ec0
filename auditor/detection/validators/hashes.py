"""Hashes of passwords: from a weak password's the password is found by trying."""

from __future__ import annotations

from typing import Final

from auditor.detection.judge_lines import is_account_row
from auditor.detection.rarity import is_words
from auditor.detection.validation import INVALID, UNKNOWN, Answer, Context, Verdict, validator
from auditor.model.levels import Confidence

_LOW: Final = Answer(Verdict.UNKNOWN, confidence=Confidence.LOW)
_LEAST_HASH: Final = 13
"""So many characters has the oldest of them, that of DES."""


@validator("hash-value")
def hash_value(value: bytes, context: Context) -> Answer:
    """Take what is drawn from enough characters; a hash by itself is of a test as often, one in a list of accounts is not."""
    scrambled = value.rpartition(b"$")[2]
    if len(set(value)) < 8 or len(scrambled) < _LEAST_HASH or is_words(value.decode("latin-1")):  # noqa: PLR2004  filling is not a hash
        return INVALID
    return UNKNOWN if is_account_row(context.line, context.before) else _LOW
