"""Judges of values that have no format of their own: is it a password, a random token, or does it only stand where one could?"""

from __future__ import annotations

import re
from typing import Final

from auditor.detection.judge_values import code_like, prose_like, token_like
from auditor.detection.rarity import is_words, kinds, wordiness
from auditor.detection.validation import INVALID, UNKNOWN, Answer, Context, Verdict, validator
from auditor.model.levels import Confidence

_LOW: Final = Answer(Verdict.UNKNOWN, confidence=Confidence.LOW)
_MEDIUM: Final = Answer(Verdict.UNKNOWN, confidence=Confidence.MEDIUM)
_STRONG: Final = 12
_LEAST: Final = 4
_COMMON: Final = re.compile(
    rb"(?i)^(?:pass(?:word|wd|phrase|code)?s?|pwd|secrets?|tokens?|keys?|test(?:ing|er|s)?|admin|root|user(?:name)?|guest|login|text|hidden|"
    rb"email|credentials?|api[_-]?keys?|access[_-]?tokens?|bearer|basic|oauth2?|jwt|hmac|rsa|aes|sha\d*|md5|bcrypt|plain|input|name|value|"
    rb"current|new|old|confirm|reset|forgot|invalid|missing|error|optional|enabled?|disabled?|auto|any|all|self|this|prompt|ask|file|env|vault|public|private|required|generated)$"
)
_UUID: Final = re.compile(rb"(?i)^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$")
_FINGERPRINT: Final = re.compile(
    rb"(?:0x)?(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40})|[0-9a-f]{40}|(?:[0-9A-Fa-f]{2}:){7,}[0-9A-Fa-f]{2}"
)
_NOT_HERE: Final = re.compile(
    rb"(?i)hashed_secret|\bplaceholder|\blabel\b|aria-|i18n|\btranslat|\bautocomplete|\bdata-|\bclass(?:name)?\s*=|<label|\bfor=|\bdescription\b|"
    rb"\btitle\b|\bmessage|\berror|\bhint\b|<input|\bregex|\bpattern\b|\bassert|\bexpect\("
)


@validator("password-value")
def password(value: bytes, context: Context) -> Answer:  # noqa: PLR0911  one return for each grade of likelihood
    """Judge a value that is called a password: people choose these, so shape says little and what it is not says much."""
    text = value.decode("utf-8", "replace")
    if len(text) < _LEAST or code_like(value) or prose_like(text) or _COMMON.match(value):
        return INVALID
    if kinds(text) == 1 and not text.isdigit():
        if text.islower() and (b"description" in context.line.lower() or b"label" in context.line.lower()):
            return INVALID
        return _LOW if wordiness(text) >= 0.6 or len(text) < 6 else _MEDIUM  # noqa: PLR2004  a short word is a weak sign
    if text.isdigit() and len(text) < 6:  # noqa: PLR2004  ports, lengths, counts
        return _LOW
    if _NOT_HERE.search(context.line) and is_words(text):
        return INVALID
    if (
        is_words(text)
        and not any(character.isdigit() for character in text)
        and not any(character in "!@#$%^&*+" for character in text)
    ):
        return _LOW
    return Answer(Verdict.UNKNOWN, confidence=Confidence.HIGH) if token_like(text) and len(text) >= _STRONG else _MEDIUM


@validator("secret-value")
def secret(value: bytes, context: Context) -> Answer:
    """Judge a value that is called a secret, token or key: machines make these, so it must look random."""
    if context.before[-80:].rstrip().endswith((b"{",)) is False and value.endswith(b"}"):
        value = value.rstrip(b"}")
    text = value.decode("utf-8", "replace")
    if code_like(value) or prose_like(text) or _COMMON.match(value) or b"hashed_secret" in context.line:
        return INVALID
    if not token_like(text):
        return INVALID
    if _UUID.match(value):
        return _MEDIUM
    return _MEDIUM if len(text) < 16 or wordiness(text) > 0.6 else Answer(Verdict.UNKNOWN, confidence=Confidence.HIGH)  # noqa: PLR2004


@validator("weak-key-value")
def weak_key(value: bytes, context: Context) -> Answer:
    """Judge a value whose name is no more than a hint: only long random values count, and no fingerprints of public keys."""
    text = value.decode("utf-8", "replace")
    answer = secret(value, context)
    if answer.verdict is Verdict.INVALID or len(text) < 16 or _UUID.match(value) or _FINGERPRINT.fullmatch(value):  # noqa: PLR2004  shorter ones are ids as often
        return INVALID
    return _MEDIUM


@validator("uri-password")
def uri_password(value: bytes, context: Context) -> Answer:
    """Judge the password of an address: only what is plainly a reference or a stand-in is let go."""
    user = context.groups.get("user", b"")
    if code_like(value) or value in {
        b"password",
        b"pass",
        b"passwd",
        b"pwd",
        b"secret",
        b"token",
        b"pw",
        b"pswd",
        b"PASSWORD",
        b"PASS",
    }:
        return INVALID
    host = context.after[1:80].lower()
    if host.startswith(
        (b"localhost", b"127.", b"[::1]", b"db", b"postgres", b"mysql", b"redis", b"mongo", b"rabbit", b"host.docker")
    ):
        return _LOW if value == user or is_words(value.decode("utf-8", "replace")) else _MEDIUM
    if value == user or host.startswith((b"example.", b"host:", b"host/", b"hostname")) or b".example." in host:
        return _LOW
    return UNKNOWN


@validator("unquoted-password")
def unquoted_password(value: bytes, context: Context) -> Answer:
    """Judge what stands after `password =` without quotes: in code that is a name far more often than a password."""
    answer = password(value.rstrip(b".:"), context)
    text = value.decode("utf-8", "replace")
    if answer.verdict is Verdict.INVALID or not text.isascii():
        return INVALID
    if kinds(text) == 1 or is_words(text):
        configured = context.window[context.start - 1 : context.start] in b"=: \t" and context.after[:1] in b"\r\n"
        return _LOW if configured else INVALID
    return answer


@validator("prose-password")
def prose_password(value: bytes, context: Context) -> Answer:
    """Judge a word that a sentence calls a password: it must not be a word of the sentence."""
    text = value.decode("utf-8", "replace").rstrip(".!?)")
    if is_words(text) or kinds(text) < 2:  # noqa: PLR2004  plain words are the sentence
        return INVALID
    return password(text.encode(), context)


@validator("hash-value")
def hash_value(value: bytes, _context: Context) -> Answer:
    """Take what is drawn from enough different characters; filling is not a hash."""
    return UNKNOWN if len(set(value)) >= 8 and not is_words(value.decode("latin-1")) else INVALID  # noqa: PLR2004
