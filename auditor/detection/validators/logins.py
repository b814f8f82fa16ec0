"""Logins that carry user and password in one value: Basic authentication, registries, calls that log in."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from auditor.detection import filters
from auditor.detection.judge_names import words
from auditor.detection.judge_values import code_like, name_like, token_like
from auditor.detection.rarity import is_words
from auditor.detection.validation import INVALID, UNKNOWN, Answer, Context, Verdict, validator
from auditor.detection.validators.values import OWN_NAME, ROLES, given_password, password, secret
from auditor.model.levels import Confidence, Severity

_LOGIN: Final = re.compile(rb"[\x21-\x7e]{1,200}:[\x20-\x7e]{1,200}")
_STAND_INS: Final = frozenset({b"password", b"pass", b"passwd", b"pwd", b"secret", b"token", b"pw", b"open sesame"})
_LEAST: Final = 4
_DOUBTED: Final = Answer(Verdict.UNKNOWN, confidence=Confidence.LOW)
_SAME_MACHINE: Final = Answer(Verdict.UNKNOWN, "leads to the same machine", Severity.MEDIUM)
_LOCAL: Final = re.compile(rb"(?i)(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker\.internal)")
_URI_STAND_INS: Final = frozenset(b"password pass passwd pwd secret token pw pswd mypass x-oauth-basic x-token-auth".split())
_OF_ENUMERATION: Final = re.compile(rb"(?m)^[ \t]*[A-Z][A-Z0-9_]*\(\s*[\"'][\w-]+[\"'],\s*[\"']$")
"""A member of an enumeration with its texts, as in Java."""
_LOOKS_UP: Final = re.compile(rb"(?i)(?:get|fetch|find|load|read|lookup)_?credentials?\([^()]*$")
"""A call that looks a credential up by its name, and perhaps takes what follows where there is none."""


@validator("basic-login")
def basic_login(value: bytes, context: Context) -> Answer:
    """Read what the base64 holds: a user and a password; what is something else must look random."""
    try:
        plain = base64.b64decode(value + b"=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return secret(value, context)
    if not _LOGIN.fullmatch(plain):
        return INVALID if plain.isascii() and is_words(plain.decode()) else secret(value, context)
    _, _, word = plain.partition(b":")
    if word.lower() in _STAND_INS or len(word) < _LEAST or filters.is_placeholder(word) or filters.is_reference(word):
        return INVALID
    return Answer(Verdict.UNKNOWN, "user and password in base64", confidence=Confidence.MEDIUM)


@validator("login-call")
def login_call(value: bytes, context: Context) -> Answer:
    """Judge the second argument of a call that logs in: two names of fields stand there as often as a user and a password."""
    answer = password(value, context)
    user = context.groups.get("user", b"")
    if value.isalpha() and _OF_ENUMERATION.search(context.before):
        return INVALID
    if user == value or user.lower() in {b"", *_STAND_INS} or filters.is_reference(user) or _LOOKS_UP.search(context.before):
        return INVALID
    return answer


@validator("given-login")
def given_login(value: bytes, context: Context) -> Answer:
    """Judge the second of two arguments where other calls have the same name: plain words stay below what is shown."""
    if name_like(value) or login_call(value, context).verdict is Verdict.INVALID:
        return INVALID
    return given_password(value, context)


@validator("uri-password")
def uri_password(value: bytes, context: Context) -> Answer:
    """Judge the password of an address: only what is plainly a reference or a stand-in is let go."""
    user = context.groups.get("user", b"")
    if code_like(value) or value.endswith((b"\\", b"]", b"}")) or value.lower().rstrip(b"=") in _URI_STAND_INS:
        return INVALID
    host = context.after[1:80].lower()
    if value == user:
        return OWN_NAME
    if set(words(value.decode("utf-8", "replace"))) <= ROLES:
        return _DOUBTED
    if host.startswith((b"host:", b"host/", b"hostname")):
        return _DOUBTED
    if (host.startswith(b"example.") or b".example." in host) and not token_like(value.decode("utf-8", "replace")):
        return _DOUBTED
    return _SAME_MACHINE if _LOCAL.match(host) else UNKNOWN
