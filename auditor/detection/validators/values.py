"""Judges of values that have no format of their own: is it a password, a random token, or does it only stand where one could?"""

from __future__ import annotations

import re
from typing import Final

from auditor.detection.judge_lines import (
    asks,
    has_user_before,
    is_connection_string,
    is_log_key,
    is_page,
    is_setting,
    is_spaced,
    leaves_block,
    user_line,
)
from auditor.detection.judge_names import (
    is_about,
    is_argument,
    is_further,
    is_identifier,
    is_key_word,
    is_listed,
    is_public,
    is_row_of_list,
    is_service_key,
    is_trace,
    is_word_for_password,
    whole_name,
    words,
)
from auditor.detection.judge_values import (
    code_like,
    keyboard_drawn,
    misshapen,
    name_like,
    prose_like,
    spoiled,
    tangled,
    token_like,
)
from auditor.detection.judge_words import (
    is_code_name,
    is_id_of,
    is_kind,
    is_made_of_it,
    is_own_name,
    is_place,
    is_question,
    is_thing,
    is_variable,
    names_a_key,
    repeats,
)
from auditor.detection.rarity import is_words, kinds, wordiness
from auditor.detection.validation import INVALID, UNKNOWN, Answer, Context, Verdict, validator
from auditor.model.levels import Confidence, Severity

_LOW: Final = Answer(Verdict.UNKNOWN, confidence=Confidence.LOW)
_MEDIUM: Final = Answer(Verdict.UNKNOWN, confidence=Confidence.MEDIUM)
_DELIVERED: Final = Answer(Verdict.UNKNOWN, "the password that the software is delivered with", Severity.MEDIUM, Confidence.MEDIUM)
OWN_NAME: Final = Answer(Verdict.UNKNOWN, "the name of the account itself", Severity.MEDIUM, Confidence.LOW)
_NEGATED: Final = re.compile(rb"!{2,}[A-Za-z_$.]+")
_IS_KEY: Final = re.compile(rb"^[\"'](?: to |\s*=>)")
"""What follows the key of a pair."""
_UNDERSCORED: Final = re.compile(rb"_[A-Za-z]+(?:_[A-Za-z]+)*")
_KEBAB: Final = re.compile(r"[a-z0-9]+(?:[-/_][a-z0-9]+)+")
_STATEMENT: Final = re.compile(rb"\s*(?:[\w.<>\[\]]+\s+){0,4}[\w.]+\s*=\s*\w+;\s*|\s*\w+:\s*\w+,\s*")
"""A statement that gives a variable to another, or a field of a structure."""
_INDEX: Final = re.compile(rb"^\[(?:\d+|[\"']\w+[\"'])\]")
_FIELD: Final = re.compile(rb"\.[A-Za-z]\w*")
_STRONG: Final = 12
_FEW: Final = 4
NUMBERED: Final = re.compile(r"[A-Za-z]{3,20}\d{2,6}[A-Za-z]{0,20}[!?.]?")
_SHORT: Final = 10
_DRAWN: Final = 20
_GOES_ON: Final = frozenset({b"!", b"#", b"%", b"$", b"^", b"*", b"~", b"(", b"[", b"{", b"<", b"?"})
"""What follows a value that is not whole: the rest has characters that keys of this kind do not have."""
_LEAST: Final = 4
_PIN: Final = 6
_ENDS: Final = frozenset({b"", b"\n", b"\r", b" ", b"\t"})
_LETTERS: Final = re.compile(rb"[A-Za-z]{3}")
_CAPITALISED: Final = re.compile(r"[A-Z][a-z]+")
_TERNARY: Final = re.compile(rb"\w\?[\w.!]+:")
_SIGNS: Final = re.compile(rb"[,;<>()\[\]{}&|]")
IN_CODE: Final = re.compile(
    rb"[&;,?][\w.-]{1,40}=|</|/>|&\w{2,6};|\w\([^()]*\)|\w\[[:\w]*\]|=>|->|::|&&|\|\||,\w+:|^\w+<[\w, <>]+>"
)
_ALL_KINDS: Final = 4
_CLOSES: Final = re.compile(rb"\}\)[;}]|\)\}")
_LONG_LINE: Final = 300
_LONG_VALUE: Final = 40
_NEAR: Final = 60
_BESIDE: Final = re.compile(rb"(?P<first>[\"'`]\s*,\s*)?[\"'`](?P<text>[\w-]{1,40})[\"'`]\s*,\s*[\"'`]$")
_STATEMENTS: Final = re.compile(rb"\w\.[a-z]\w+[=;,(]|[;,)][A-Za-z_$]\w*[=(.]|\breturn\b")
"""A long value with these is what stands between two texts in code without line breaks."""
_DIGEST: Final = re.compile(rb"[0-9a-f]{20,64}")
_FILE: Final = re.compile(rb"\.(?:svg|png|gif|jpe?g|ico|css|js|mjs|map|woff2?|json)\b")
"""What follows the digest of a file in its name."""
ODD_LENGTHS: Final = frozenset({27, 43})
"""Twenty and thirty-two bytes in base64 without filling; else machines draw even numbers of characters."""
_BATCH: Final = re.compile(rb"(?i)\s*@?set \"")
_ROLE_WORDS: Final = """
    password passwd passphrase pass pwd pw passwort secret token key user username name login account admin root db database new
    old current confirm confirmation my your the a test testing default value basic repeat again email id client smtp mail api auth
    service access app application field text string hash hashed encrypted plain raw input change reset wrong invalid incorrect
    valid short long primary secondary required otp code
"""
ROLES: Final = frozenset(_ROLE_WORDS.split())
"""Words of which names of passwords are made; a value of nothing else is the name of one as often as one."""
_COMMON: Final = re.compile(
    rb"""(?xi)
    ^(?:pass(?:word|wd|phrase|code)?s?|pwd|secrets?|tokens?|keys?|test(?:ing|er|s)?|admin|root|user(?:name)?|guest|login|text|hidden
    |email|credentials?|api[_-]?keys?|access[_-]?tokens?|bearer|basic|oauth2?|jwt|hmac|rsa|aes|sha\d*|md5|bcrypt
    |(?:aes|rsa|hmac|hs|rs|es|ps|sha)[-_]?\d{3,4}(?:[-_][a-z0-9]{2,8}){0,2}|plain|input|name
    |value|current|new|old|confirm|reset|forgot|invalid|missing|error|optional|enabled?|disabled?|auto|any|all|self|this|prompt|ask
    |file|env|vault|public|private|required|generated|hashed|encrypted|varchar|nullable|strings?|texts?|inherit|interactive
    |unchanged|unspecified|allow|deny|random|passe[dr]?|passing|date(?:time)?|timestamp|boolean|(?:big)?integer|bytea|jsonb?|numeric
    |ignored|unused|void|localhost|remove|routes|upstreams|1password|lastpass|bitwarden|keepass(?:x|xc)?|dashlane|x-(?:oauth-basic|token-auth|access-token)
    |(?:option|flag|argument|parameter|switch)s?\.?)$
    """
)
_DEFAULTS: Final = frozenset({b"admin", b"root", b"guest", b"postgres", b"sonar", b"toor", b"changeit"})
_SYSTEMS_TEXT: Final = """
    db database mysql mariadb postgres postgresql pg mssql oracle mongo mongodb redis rabbitmq root admin sonar sonarqube jdbc tcp
    keystore truststore store ssl tls key trust
"""
_SYSTEMS: Final = frozenset(_SYSTEMS_TEXT.split())
"""Names of systems: what their password is set to is a password, however common a word."""
_EXPRESSION: Final = re.compile(rb"/.*(?:\\|\|\(|\)\||\(\?|\[\^)|.*\)\.[a-z_]{2}")
"""A regular expression between slashes, or a call and what is done with its result."""
_IN_ADDRESS: Final = re.compile(rb"://[^\s/?#;&,]*$")
_QUERY: Final = re.compile(rb"https?://[^\s\"'<>`]{4,160}[?&]key=$")
_SERVED: Final = re.compile(rb"\.(?:svg|js)\?(?:[\w=-]*&)?(?:token|(?i:(?:api_?)?key))=$|<script[^>]*\ssrc=[^>]*[?&]key=$")
"""What a page hands to everybody who looks at it."""
_FOR_EVERYBODY: Final = b"pk.eyJ"
"""How a token of Mapbox begins that is meant for pages (docs.mapbox.com/help/dive-deeper/access-tokens)."""
UUID: Final = re.compile(rb"(?i)^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$")
_FINGERPRINT: Final = re.compile(
    rb"0x[0-9A-Fa-f]{4,16}|(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40})|[0-9a-f]{40}|(?:[0-9A-Fa-f]{2}:){7,}[0-9A-Fa-f]{2}"
)


@validator("password-value")
def password(value: bytes, context: Context) -> Answer:
    """Judge a value that is called a password: people choose these, so shape says little and what it is not says much."""
    text = value.decode("utf-8", "replace")
    part = context.groups.get("name", b"")
    if len(text) < _LEAST or _is_elsewhere(text, part, context):
        return INVALID
    name = whole_name(context.before, part)
    public = value == b"changeit" and b"cacerts" in context.window  # every Java comes with that store of public certificates
    if public or (value.lower() in _DEFAULTS and _SYSTEMS & set(words(name))):
        return _LOW if public else _DELIVERED
    pin = text.isdigit() and len(text) >= _PIN
    if is_word_for_password(text) or (not pin and _is_other(value, text)):
        return _MEDIUM if _is_phrase(text) and user_line(context.before) else INVALID
    plain = kinds(text) == 1 or is_words(text) or name_like(value) or is_place(text)
    if plain or (not text.isascii() and not any(character.isdigit() for character in text)):
        return _plain_password(text, name, context)
    if is_about(name) or text.isdigit() or is_public(name) or _is_translation(text, name):
        return _LOW
    return Answer(Verdict.UNKNOWN, confidence=Confidence.HIGH) if token_like(text) and len(text) >= _STRONG else _MEDIUM


def _is_elsewhere(text: str, part: bytes, context: Context) -> bool:
    """Tell whether what stands behind the name is no value of it: a name to ask for, another argument, field or entry."""
    if asks(context.groups.get("call", b"")) or not is_argument(context.before, part) or is_thing(text):
        return True
    name = whole_name(context.before, part)
    if is_own_name(name, text) or is_id_of(name, text) or context.before.rstrip().endswith(b"-disabled-password"):
        return True
    if is_listed(context.before, part) and _IS_KEY.match(context.after):
        return True
    again = is_listed(context.before, part) and repeats(part.decode("utf-8", "replace"), text)
    return again or is_row_of_list(context.before, part) or leaves_block(context.before, part)


def _is_other(value: bytes, text: str) -> bool:
    """Tell whether the value is code, a sentence, or a word that only says what stands here."""
    if keyboard_drawn(text) or tangled(text):
        return len(text) > _LONG_VALUE and _STATEMENTS.search(value) is not None
    return code_like(value) or prose_like(text) or _COMMON.match(value) is not None


def _is_phrase(text: str) -> bool:
    """Tell whether a few plain words stand here: below the name of a user they are what that user types."""
    split = text.split(" ")
    return 1 < len(split) <= _FEW and all(word.isalnum() for word in split) and not set(words(text)) <= ROLES


def _plain_password(text: str, name: str, context: Context) -> Answer:
    """Judge a password that is a word or two: many are, but so are labels, names of fields and names of variables."""
    if is_about(name) or is_page(context.line):
        return INVALID
    if (
        set(words(text.lower().removeprefix("my"))) <= ROLES
        or set(words(text)) <= ROLES
        or not text.isascii()
        or _CAPITALISED.fullmatch(text)
        or _is_translation(text, name)
        or is_place(text)
    ):
        return _LOW
    if is_code_name(text) or is_further(context.before, context.groups.get("name", b"")):
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
    part = context.groups.get("name", b"")
    beside = len(text) < _DRAWN and not is_argument(context.before, part)
    if is_thing(text) or is_row_of_list(context.before, part) or beside:
        return INVALID
    if not (drawn or chosen) and (_is_other(value, text) or name_like(value) or is_kind(text) or not token_like(text)):
        return INVALID
    name = whole_name(context.before, part)
    other = is_id_of(name, text) or names_a_key(name, value) or is_public(name)
    if other or b"hashed_secret" in context.line or asks(context.groups.get("call", b"")):
        return INVALID
    if (
        is_trace(name)
        or value.startswith(_FOR_EVERYBODY)
        or (is_about(name) and (len(text) < _DRAWN or _KEBAB.fullmatch(text)))
        or spoiled(text)
        or misshapen(text)
        or len(text) < _SHORT
    ):
        return _LOW
    if chosen or UUID.match(value):
        return _MEDIUM
    return _MEDIUM if len(text) < 16 or wordiness(text) > 0.6 else Answer(Verdict.UNKNOWN, confidence=Confidence.HIGH)  # noqa: PLR2004


@validator("named-value")
def named_value(value: bytes, context: Context) -> Answer:
    """Judge by what the name says: a password, which somebody chose, or a key, which a machine drew."""
    part = context.groups.get("name", b"")
    name = (whole_name(context.before, part) or part.decode("utf-8", "replace")).lower()
    return password(value, context) if "pass" in name or "pwd" in name else secret(value, context)


@validator("unquoted-secret")
def unquoted_secret(value: bytes, context: Context) -> Answer:
    """Judge a key without quotes: more often than in quotes it is a name, a piece of one, or not the key that it is called."""
    value = value.rstrip(b"\\")
    if (
        value.startswith(b"-")
        or is_variable(value.rstrip(b"=").decode("utf-8", "replace"))
        or (_DIGEST.fullmatch(value) and _FILE.match(context.after))
    ):
        return INVALID
    answer = secret(value, context)
    if answer.verdict is not Verdict.INVALID and (context.after[:1] in _GOES_ON or _SERVED.search(context.before)):
        return _LOW
    return _MEDIUM if answer.confidence is Confidence.HIGH else answer


@validator("weak-key-value")
def weak_key(value: bytes, context: Context) -> Answer:
    """Judge a value whose name is no more than a hint: only long random values count, and no fingerprints of public keys."""
    text = value.decode("utf-8", "replace")
    answer = secret(value, context)
    name = whole_name(context.before, context.groups.get("name", b""))
    if answer.verdict is Verdict.INVALID or len(text) < 16 or _FINGERPRINT.fullmatch(value):  # noqa: PLR2004  shorter ones are ids as often
        return INVALID
    if any(word.startswith("keyword") for word in words(name)) or _SERVED.search(context.before):
        return INVALID
    if UUID.match(value):
        return _MEDIUM if is_service_key(name) or _QUERY.search(context.before) else INVALID
    doubtful = spoiled(text) or misshapen(text) or is_log_key(context.before) or is_identifier(name)
    doubtful = doubtful or context.after[:1] in _GOES_ON or context.line.count(value) > 1
    doubtful = doubtful or (len(text) % 2 == 1 and len(text) not in ODD_LENGTHS)
    return _LOW if doubtful or answer is _LOW else _MEDIUM


@validator("named-token")
def named_token(value: bytes, context: Context) -> Answer:
    """Doubt a token of a kind that pages publish where nothing on its line says what it is for."""
    rest = context.line.replace(value, b"")
    return UNKNOWN if _LETTERS.search(rest) else _LOW


@validator("unquoted-password")
def unquoted_password(value: bytes, context: Context) -> Answer:
    """Judge what stands after `password =` without quotes: in code that is a name far more often than a password."""
    value = value.rstrip(b".:\\")
    if b"@" in value and _IN_ADDRESS.search(context.before):
        return INVALID  # the address is looked at as a whole
    text = value.decode("utf-8", "replace")
    if (
        context.after[:1] == b"("
        or (_STATEMENT.fullmatch(context.line) and is_variable(text))
        or is_made_of_it(text)
        or is_word_for_password(context.after[:_NEAR].partition(b"\n")[0].strip().decode("utf-8", "replace") or "-")
        or _INDEX.match(context.after)
        or _TERNARY.search(value)
        or _NEGATED.fullmatch(value)
        or (value.startswith(b"?") and context.before.endswith(b":"))
    ):
        return INVALID  # a call, a variable, an index, a negation, `${NAME:?what is said where it is not set}`
    answer = password(value, context)
    if answer.verdict is Verdict.INVALID or not text.isascii() or value.startswith((b"=", b"-")) or value.endswith(b"*"):
        return INVALID
    if (
        (value.startswith(b"/") and b"/" not in value[1:])
        or _FIELD.fullmatch(value)
        or _UNDERSCORED.fullmatch(value)
        or is_question(text)
    ):
        return INVALID
    if kinds(text) > 1 and not is_words(text) and not name_like(value) and not _is_variable_of(text):
        return _MEDIUM if answer.confidence is Confidence.HIGH else answer
    return _unquoted_word(text, answer, context)


def _unquoted_word(text: str, answer: Answer, context: Context) -> Answer:
    """Judge a word without quotes: a password where the line is a setting, a name of a variable in code."""
    if has_user_before(context.before):
        return _MEDIUM if answer is not _LOW and (text.islower() or text.isdigit()) else _LOW
    name = whole_name(context.before, context.groups.get("name", b""))
    if re.search(rb"(?i)user(?:name)?=" + re.escape(text.encode()) + rb"\b", context.line):
        return OWN_NAME
    told = is_connection_string(context.line) or name.startswith("ansible_")
    if told and not set(words(text)) <= ROLES and not _is_variable_of(text):
        return answer
    if not is_setting(context.line) or (context.after[:1] not in _ENDS and not _BATCH.match(context.line)):
        return INVALID
    spelled = text not in {text.lower(), text.upper()} and not any(character.isdigit() for character in text)
    if spelled or _is_variable_of(text) or text.lower() in name.lower():
        return _LOW
    return answer if not is_spaced(context.before) or NUMBERED.fullmatch(text) or user_line(context.before) else _LOW


def _is_variable_of(text: str) -> bool:
    """Tell whether the value is spelled like the variable that holds the password of something: `taxiiPassword`."""
    return is_code_name(text) and not set(words(text)) <= ROLES


@validator("signs-password")
def signs_password(value: bytes, context: Context) -> Answer:
    """Judge a value with brackets and other signs of code, without quotes: a password where no code, query or markup has such."""
    if value.endswith(b";") or value.startswith(b",") or _EXPRESSION.match(value):
        return INVALID  # the end of a statement, a name without a value: code
    value = value.rstrip(b",)]}>")
    text = value.decode("utf-8", "replace")
    if not _SIGNS.search(value) or IN_CODE.search(value) or not text.isascii():
        return INVALID
    if len(context.line) > _LONG_LINE or _CLOSES.search(value):
        return INVALID  # code without line breaks is full of signs
    if tangled(text):
        return _MEDIUM
    if not is_setting(context.line) or kinds(text) < _ALL_KINDS or code_like(value) or is_words(text):
        return INVALID
    return password(value, context)


def _is_beside_it(text: str, before: bytes) -> bool:
    """Tell whether the text before is the name of the same field, or, as the second of three, the password itself."""
    found = _BESIDE.search(before[-_NEAR:])
    beside = found["text"].decode("utf-8", "replace") if found else ""
    return found is not None and (repeats(beside, text) or (found["first"] is not None and is_key_word(beside.lower())))


@validator("given-password")
def given_password(value: bytes, context: Context) -> Answer:
    """Judge what is handed over as a password where words are as likely: plain words stay below what is shown."""
    text = value.decode("utf-8", "replace")
    if value.startswith(b"-") or b"</" in value or _is_beside_it(text, context.before):
        return INVALID
    answer = password(value, context)
    word = kinds(text) == 1 or is_words(text)
    return _LOW if answer in {_MEDIUM, _DELIVERED} and word and not NUMBERED.fullmatch(text) else answer


@validator("cipher-key")
def cipher_key(value: bytes, context: Context) -> Answer:
    """Judge what a cipher or a signature takes as its key: a machine's characters, or a password that is no word."""
    text = value.decode("utf-8", "replace")
    if token_like(text) and not code_like(value):
        return UNKNOWN
    answer = password(value, context)
    return _LOW if answer.verdict is not Verdict.INVALID and is_words(text) else answer
