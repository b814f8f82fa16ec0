"""Secrets that somebody thought of where a machine should have drawn one: `JWT_SECRET=winter2019`."""

from __future__ import annotations

import re
from typing import Final

from auditor.detection.judge_lines import is_page, is_setting
from auditor.detection.judge_names import whole_name, words
from auditor.detection.judge_values import code_like, prose_like
from auditor.detection.judge_words import names_a_key
from auditor.detection.rarity import parts
from auditor.detection.validation import INVALID, UNKNOWN, Answer, Context, validator

_ALGORITHM: Final = re.compile(
    rb"(?i)(?:aes|3?des|rsa|dsa|ec|ed|hs|rs|es|ps|sha|md|hmac|pbkdf|blowfish|chacha|utf|v)[-_]?\d{1,5}(?:[-_/.][\w/.-]{0,24})?"
)
_CHOSEN: Final = re.compile(rb"[!-~]{6,80}")
_QUOTES: Final = frozenset({b"'", b'"', b"`"})
_ENDS: Final = frozenset({b"", b" ", b"\t", b"\r", b"\n"})
_SENTENCE: Final = 5


@validator("chosen-secret")
def chosen_secret(value: bytes, context: Context) -> Answer:
    """Judge what is called the secret of a signature, session or cipher: letters with a number or a sign, no name and no code."""
    text = value.decode("utf-8", "replace")
    name = whole_name(context.before, context.groups.get("name", b""))
    if not _CHOSEN.fullmatch(value) or _ALGORITHM.fullmatch(value) or code_like(value) or prose_like(text) or is_page(context.line):
        return INVALID
    quoted = context.before[-1:] in _QUOTES
    if not quoted and (context.after[:1] not in _ENDS or not is_setting(context.line)):
        return INVALID
    if set(words(text)) <= set(words(name)) or names_a_key(name, value):
        return INVALID  # it says what it is
    if text.isalpha():
        return UNKNOWN if len(parts(text)) >= _SENTENCE and "secret" in text.lower() else INVALID
    has_number = sum(character.isdigit() for character in text) > 1
    signs = any(character in "!@#$%^&*+?" for character in text)
    return UNKNOWN if (has_number or signs) and any(character.isalpha() for character in text) else INVALID
