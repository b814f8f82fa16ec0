"""Passwords in sentences, and in statements of a database, where the same words begin a sentence."""

from __future__ import annotations

import re
from typing import Final

from auditor.detection.judge_names import words
from auditor.detection.judge_values import name_like
from auditor.detection.judge_words import is_code_name
from auditor.detection.rarity import is_words, kinds
from auditor.detection.validation import INVALID, Answer, Context, validator
from auditor.detection.validators.values import IN_CODE, NUMBERED, ROLES, password

_ANY_QUOTES: Final = frozenset({b"'", b'"', b"`"})
_TELLS: Final = re.compile(
    rb"""(?ix)
    (?:password|passwd|passphrase|passcode|pwd)(?:[ ](?:for|of)[ ][\w.@ -]{1,30})?[ ](?:is|was)[ :]{1,2}$
    | (?:with|use|using|enter|type)[ ](?:the[ ])?(?:password|passwd|passphrase|pwd)[ :]{1,2}$
    """
)
_STATE_WORDS: Final = """
    strong weak empty blank correct missing null none nil true false hidden changed expired encrypted unset set optional mandatory
    disabled enabled available undefined string safe secure insecure ok unknown needed same different private public protected
    sensitive plaintext compromised leaked stored saved accepted rejected allowed forbidden good bad too not no never always
"""
_STATES: Final = frozenset(_STATE_WORDS.split())
"""What a sentence says of a password, in quotes, without giving it."""
_STARTS: Final = re.compile(r"[A-Za-z0-9!@#$%^&*+=~?]")
_SENTENCE: Final = re.compile(rb"(?i)\b(?:is|are|be|been|being|was|were|can|uniquely|clearly|easily)[ ]+identified[ ]+by[ ]+$")


@validator("prose-password")
def prose_password(value: bytes, context: Context) -> Answer:
    """Judge a word that a sentence calls a password: it must not be a word of the sentence."""
    text = value.partition(b"</")[0].decode("utf-8", "replace").rstrip(".!?)*_}[];:,")
    plain = (kinds(text) == 1 or (is_words(text) and not NUMBERED.fullmatch(text))) and not _is_told(text, context)
    if (
        plain
        or name_like(text.encode())
        or is_code_name(text)
        or text.startswith("grub.pbkdf2.")
        or not _STARTS.match(text)
        or "\\n" in text
        or "\\r" in text
        or IN_CODE.search(text.encode())
    ):
        return INVALID
    return password(text.encode(), context)


def _is_told(word: str, context: Context) -> bool:
    """Tell whether a sentence gives a word in quotes as the password, and does not say of what kind the password is."""
    quote = context.before[-1:]
    told = quote in _ANY_QUOTES and context.after[:1] == quote and _TELLS.search(context.before[-60:-1])
    return bool(told) and word.islower() and not set(words(word)) & _STATES and word not in ROLES


@validator("statement-password")
def statement_password(value: bytes, context: Context) -> Answer:
    """Judge what stands in a statement: in `a user is identified by submitting a form` no account gets a password."""
    return INVALID if _SENTENCE.search(context.before) else password(value, context)
