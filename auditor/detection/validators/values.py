"""Judges of values that have no format of their own: is it a password, a random token, or does it only stand where one could?"""

from __future__ import annotations

import re
from typing import Final

from auditor.detection.judge_lines import asks, has_user_before, is_account_row, is_log_key, is_page, is_setting, is_spaced
from auditor.detection.judge_names import (
    is_about,
    is_argument,
    is_identifier,
    is_key_word,
    is_public,
    is_trace,
    is_word_for_password,
    whole_name,
    words,
)
from auditor.detection.judge_values import code_like, keyboard_drawn, name_like, prose_like, spoiled, tangled, token_like
from auditor.detection.rarity import is_words, kinds, wordiness
from auditor.detection.validation import INVALID, UNKNOWN, Answer, Context, Verdict, validator
from auditor.model.levels import Confidence, Severity

_LOW: Final = Answer(Verdict.UNKNOWN, confidence=Confidence.LOW)
_MEDIUM: Final = Answer(Verdict.UNKNOWN, confidence=Confidence.MEDIUM)
_DELIVERED: Final = Answer(Verdict.UNKNOWN, "the password that the software is delivered with", Severity.MEDIUM, Confidence.MEDIUM)
_OWN_NAME: Final = Answer(Verdict.UNKNOWN, "the name of the account itself", Severity.MEDIUM, Confidence.LOW)
_SAME_MACHINE: Final = Answer(Verdict.UNKNOWN, "leads to the same machine", Severity.MEDIUM)
_LOCAL: Final = re.compile(rb"(?i)(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker\.internal)")
_CALLED: Final = re.compile(rb"[a-z]+(?:[_-][a-z]+)*[_-](?:password|passwd|passphrase|secret|token|key)")
_FIELD: Final = re.compile(rb"\.[A-Za-z]\w*")
_STRONG: Final = 12
_SHORT: Final = 10
_DRAWN: Final = 20
_GOES_ON: Final = frozenset({b"!", b"#", b"%", b"$", b"^", b"*", b"~", b"(", b"[", b"{", b"<", b"?"})
"""What follows a value that is not whole: the rest has characters that keys of this kind do not have."""
_LEAST: Final = 4
_PIN: Final = 6
_ENDS: Final = frozenset({b"", b"\n", b"\r", b" ", b"\t"})
_LETTERS: Final = re.compile(rb"[A-Za-z]{3}")
_CAPITALISED: Final = re.compile(r"[A-Z][a-z]+")
_VARIABLE: Final = re.compile(rb"[a-z]+\d?(?:[A-Z][a-z]+\d?)+[A-Z]?\d?")
_STARTS: Final = re.compile(r"[A-Za-z0-9!@#$%^&*+=~?]")
_ROLE_WORDS: Final = """
    password passwd passphrase pass pwd pw passwort secret token key user username name login account admin root db database new
    old current confirm confirmation my your the a test testing default value basic repeat again email id client smtp mail api auth
    service access app application field text string hash hashed encrypted plain raw input change reset wrong invalid incorrect
    valid short long primary secondary required
"""
_ROLES: Final = frozenset(_ROLE_WORDS.split())
"""Words of which names of passwords are made; a value of nothing else is the name of one as often as one."""
_COMMON: Final = re.compile(
    rb"""(?xi)
    ^(?:pass(?:word|wd|phrase|code)?s?|pwd|secrets?|tokens?|keys?|test(?:ing|er|s)?|admin|root|user(?:name)?|guest|login|text|hidden
    |email|credentials?|api[_-]?keys?|access[_-]?tokens?|bearer|basic|oauth2?|jwt|hmac|rsa|aes|sha\d*|md5|bcrypt|plain|input|name
    |value|current|new|old|confirm|reset|forgot|invalid|missing|error|optional|enabled?|disabled?|auto|any|all|self|this|prompt|ask
    |file|env|vault|public|private|required|generated|hashed|encrypted|varchar|nullable|strings?|texts?|inherit|interactive
    |unchanged|unspecified)$
    """
)
_DEFAULTS: Final = frozenset({b"admin", b"root", b"guest", b"postgres", b"sonar", b"toor"})
_SYSTEMS: Final = frozenset(
    {"db", "database", "mysql", "postgres", "postgresql", "pg", "mssql", "oracle", "mongo", "redis", "rabbitmq", "root", "admin"}
)
"""Names of systems: what their password is set to is a password, however common a word."""
_URI_STAND_INS: Final = frozenset({b"password", b"pass", b"passwd", b"pwd", b"secret", b"token", b"pw", b"pswd"})
_UUID: Final = re.compile(rb"(?i)^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$")
_FINGERPRINT: Final = re.compile(
    rb"0x[0-9A-Fa-f]{4,16}|(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40})|[0-9a-f]{40}|(?:[0-9A-Fa-f]{2}:){7,}[0-9A-Fa-f]{2}"
)


@validator("password-value")
def password(value: bytes, context: Context) -> Answer:
    """Judge a value that is called a password: people choose these, so shape says little and what it is not says much."""
    text = value.decode("utf-8", "replace")
    part = context.groups.get("name", b"")
    if len(text) < _LEAST or asks(context.groups.get("call", b"")) or not is_argument(context.before, part):
        return INVALID
    name = whole_name(context.before, part)
    if value.lower() in _DEFAULTS and _SYSTEMS & set(words(name)):
        return _DELIVERED
    if is_word_for_password(text) or (not keyboard_drawn(text) and not tangled(text) and _is_other(value, text)):
        return INVALID
    plain = kinds(text) == 1 or is_words(text) or name_like(value)
    if plain or (not text.isascii() and not any(character.isdigit() for character in text)):
        return _plain_password(text, name, context)
    if is_about(name) or text.isdigit() or is_public(name) or _is_translation(text, name):
        return _LOW
    return Answer(Verdict.UNKNOWN, confidence=Confidence.HIGH) if token_like(text) and len(text) >= _STRONG else _MEDIUM


def _is_other(value: bytes, text: str) -> bool:
    """Tell whether the value is code, a sentence, or a word that only says what stands here."""
    return code_like(value) or prose_like(text) or _COMMON.match(value) is not None


def _plain_password(text: str, name: str, context: Context) -> Answer:
    """Judge a password that is a word or two: many are, but so are labels, names of fields and names of variables."""
    if is_about(name) or is_page(context.line):
        return INVALID
    if (
        set(words(text.lower().removeprefix("my"))) <= _ROLES
        or set(words(text)) <= _ROLES
        or not text.isascii()
        or _CAPITALISED.fullmatch(text)
        or _is_translation(text, name)
    ):
        return _LOW
    if _CALLED.fullmatch(text.encode()) or (_VARIABLE.fullmatch(text.encode()) and is_key_word(words(text)[-1])):
        return _LOW
    if text.isdigit():
        return _MEDIUM if len(text) >= _PIN else _LOW
    return _MEDIUM


def _is_translation(text: str, name: str) -> bool:
    """Tell whether a text of a user interface stands behind a key in capitals, as in files of translations."""
    return name.isupper() and "_" in name and text.istitle() and not any(character.isdigit() for character in text)


@validator("secret-value")
def secret(value: bytes, context: Context) -> Answer:
    """Judge a value that is called a secret, token or key: machines make these, so it must look random."""
    if context.before[-80:].rstrip().endswith((b"{",)) is False and value.endswith(b"}"):
        value = value.rstrip(b"}")
    text = value.decode("utf-8", "replace")
    drawn = keyboard_drawn(text)
    chosen = tangled(text)
    if not (drawn or chosen) and (_is_other(value, text) or name_like(value) or not token_like(text)):
        return INVALID
    name = whole_name(context.before, context.groups.get("name", b""))
    if b"hashed_secret" in context.line or asks(context.groups.get("call", b"")) or is_public(name):
        return INVALID
    if is_trace(name) or (is_about(name) and len(text) < _DRAWN) or spoiled(text) or len(text) < _SHORT:
        return _LOW
    if chosen or _UUID.match(value):
        return _MEDIUM
    return _MEDIUM if len(text) < 16 or wordiness(text) > 0.6 else Answer(Verdict.UNKNOWN, confidence=Confidence.HIGH)  # noqa: PLR2004


@validator("unquoted-secret")
def unquoted_secret(value: bytes, context: Context) -> Answer:
    """Judge a key without quotes: more often than in quotes it is a name, a piece of one, or not the key that it is called."""
    value = value.rstrip(b"\\")
    if _VARIABLE.fullmatch(value):
        return INVALID
    answer = secret(value, context)
    if answer.verdict is not Verdict.INVALID and context.after[:1] in _GOES_ON:
        return _LOW
    return _MEDIUM if answer.confidence is Confidence.HIGH else answer


@validator("weak-key-value")
def weak_key(value: bytes, context: Context) -> Answer:
    """Judge a value whose name is no more than a hint: only long random values count, and no fingerprints of public keys."""
    text = value.decode("utf-8", "replace")
    answer = secret(value, context)
    if answer.verdict is Verdict.INVALID or len(text) < 16 or _UUID.match(value) or _FINGERPRINT.fullmatch(value):  # noqa: PLR2004  shorter ones are ids as often
        return INVALID
    name = whole_name(context.before, context.groups.get("name", b""))
    doubtful = spoiled(text) or is_log_key(context.before) or is_identifier(name) or context.after[:1] in _GOES_ON
    return _LOW if doubtful or answer is _LOW else _MEDIUM


@validator("named-token")
def named_token(value: bytes, context: Context) -> Answer:
    """Doubt a token of a kind that pages publish where nothing on its line says what it is for."""
    rest = context.line.replace(value, b"")
    return UNKNOWN if _LETTERS.search(rest) else _LOW


@validator("uri-password")
def uri_password(value: bytes, context: Context) -> Answer:
    """Judge the password of an address: only what is plainly a reference or a stand-in is let go."""
    user = context.groups.get("user", b"")
    if code_like(value) or value.endswith((b"\\", b"]", b"}")) or value.lower() in _URI_STAND_INS:
        return INVALID
    host = context.after[1:80].lower()
    if value == user:
        return _OWN_NAME
    if set(words(value.decode("utf-8", "replace"))) <= _ROLES:
        return _LOW
    if host.startswith((b"host:", b"host/", b"hostname")):
        return _LOW
    if (host.startswith(b"example.") or b".example." in host) and not token_like(value.decode("utf-8", "replace")):
        return _LOW
    return _SAME_MACHINE if _LOCAL.match(host) else UNKNOWN


@validator("unquoted-password")
def unquoted_password(value: bytes, context: Context) -> Answer:
    """Judge what stands after `password =` without quotes: in code that is a name far more often than a password."""
    value = value.rstrip(b".:\\")
    answer = password(value, context)
    text = value.decode("utf-8", "replace")
    if answer.verdict is Verdict.INVALID or not text.isascii() or value.startswith((b"=", b"-")) or value.endswith(b"*"):
        return INVALID
    if (value.startswith(b"/") and b"/" not in value[1:]) or _FIELD.fullmatch(value):
        return INVALID
    if kinds(text) > 1 and not is_words(text) and not name_like(value):
        return _MEDIUM if answer.confidence is Confidence.HIGH else answer
    return _unquoted_word(text, answer, context)


def _unquoted_word(text: str, answer: Answer, context: Context) -> Answer:
    """Judge a word without quotes: a password where the line is a setting, a name of a variable in code."""
    if has_user_before(context.before):
        return _MEDIUM if text.islower() or text.isdigit() else _LOW
    if not is_setting(context.line) or context.after[:1] not in _ENDS:
        return INVALID
    if text != text.lower() and text != text.upper() and not any(character.isdigit() for character in text):
        return _LOW  # a variable in camel case
    name = whole_name(context.before, context.groups.get("name", b""))
    return _LOW if text.lower() in name.lower() or is_spaced(context.before) else answer


@validator("given-password")
def given_password(value: bytes, context: Context) -> Answer:
    """Judge what is handed over as a password where words are as likely: plain words stay below what is shown."""
    if value.startswith(b"-"):
        return INVALID
    answer = password(value, context)
    text = value.decode("utf-8", "replace")
    return _LOW if answer is _MEDIUM and (kinds(text) == 1 or is_words(text)) else answer


@validator("prose-password")
def prose_password(value: bytes, context: Context) -> Answer:
    """Judge a word that a sentence calls a password: it must not be a word of the sentence."""
    text = value.decode("utf-8", "replace").rstrip(".!?)*_}];:,")
    if is_words(text) or kinds(text) < 2 or not _STARTS.match(text) or "\\n" in text or "\\r" in text:  # noqa: PLR2004  plain words are the sentence
        return INVALID
    return password(text.encode(), context)


@validator("hash-value")
def hash_value(value: bytes, context: Context) -> Answer:
    """Take what is drawn from enough characters; a hash by itself is of a test as often, one in a list of accounts is not."""
    if len(set(value)) < 8 or is_words(value.decode("latin-1")):  # noqa: PLR2004  filling is not a hash
        return INVALID
    return UNKNOWN if is_account_row(context.line, context.before) else _LOW
