"""What stands around a value tells that it opens nothing: tokens that a page hands to everybody, fields that are only named.

These are kinds that whole histories are full of: pages saved from a browser, lists of fields, templates, texts of a user interface.
"""

from __future__ import annotations

import re
from typing import Final

_NEAR: Final = 120
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BASE85: Final = re.compile(rb"[0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]{60,}")
_NOT_64: Final = frozenset(b"!#$%&()*;<>?@^`{|}~")
_SEVERAL: Final = 8
_FORGERY: Final = re.compile(rb"(?i)csrf|xsrf|authenticity_token|RequestVerificationToken|__(?:VIEWSTATE|EVENTVALIDATION)")
_OWN_KEY: Final = re.compile(rb"(?i)secret|key|salt|password")
_SESSION_ROW: Final = re.compile(
    rb"(?i)session\w*[\\\"'`\]]{0,3}\.?[\\\"'`\[]{0,3}session_?(?:key|id|token)|JSESSIONID|PHPSESSID|ASP\.NET_SessionId"
)
_COOKIE: Final = re.compile(rb"(?i)\bset[-_]cookie[\"']?\s{0,3}[:=]\s{0,3}[\"']?[\w.-]{1,60}=$")
_NAMES_BEFORE: Final = re.compile(rb"[\"'`:]\w+[\"'`]?,\s*[\"'`:]?\w+[\"'`]?,\s*[\"'`]$")
_PAIR_BEFORE: Final = re.compile(rb"(?:[^\w\s)\]]|\n)\s*[(\[]\s*[\"'`:]\w+[\"'`]?,\s*[\"'`]$")
_NAMES_AFTER: Final = re.compile(rb"^[\"'`]\s*[,)\]}]")
_PLAIN: Final = re.compile(rb"[a-z][a-z_]*|[a-z]+\d?(?:[A-Z][a-z]+\d?)+")
_LETTERS: Final = re.compile(rb"(?:[A-Za-z]|[\xc3-\xc9][\x80-\xbf])+(?:-[a-z]+)?")
_CHOICE: Final = re.compile(rb"\?\s*[\"'`][^\"'`\n]{1,60}[\"'`]\s*:\s*[\"'`]$")
_KEY_OF_A_PASSWORD: Final = re.compile(
    rb"(?i)(?:pass(?:word|wd|code|phrase)|pswd|pwd)[_-]?key[\"'`]?\s*(?:[:=]|=>|->)\s*[rbf]?[\"'`]?$"
)
_NAME: Final = re.compile(rb"[A-Za-z]+(?:[_.-](?:[A-Za-z]+|\{\w+\}))*")
_CASE: Final = re.compile(rb"\bcase\s+[\w.]+(?:\([^()\n]{0,40}\))?\s*=>\s*$")
_CONCATENATED: Final = re.compile(rb"\+\s*[A-Za-z_$][\w$]*[.(:\[]")
_EXPRESSION: Final = re.compile(rb"\(\[\^?[\w\\-]+\][+*]|^\^\[|\][+*]\$$")
"""A group of a regular expression, which takes a password out of a text."""
_CUT: Final = re.compile(rb"^[\"'][a-z]*(?:[ ][a-z]+){2}")
"""What follows a text that is cut at an escaped apostrophe."""
_BETWEEN: Final = re.compile(rb"[\])]{1,2},\s")
_PARAMETER: Final = re.compile(rb"(?=[^%]*%[sv])/[\w./%-]+")
"""The path of a value in a store of parameters, of which a part is put in."""
_SCHEMA: Final = re.compile(rb"(?i)(?:add|remove|create|drop|rename)_?(?:index|column|constraint|table)\([^()\n]*$")
_ARN: Final = re.compile(rb"arn:aws[\w-]*:secretsmanager:[^\s\"']*:secret:$")
_DOWNLOAD: Final = re.compile(rb"\balt=media\\?&(?:amp;)?token=$")
"""Firebase gives files that pages show such addresses."""
_OF_PSQL: Final = re.compile(rb"(?i)\b(?:create|alter)\s+(?:user|role)\b[^\n]*\s:[\"']$")
"""psql puts the value of a variable where `:'name'` stands (postgresql.org/docs/current/app-psql.html)."""
_COUNTRY: Final = re.compile(rb"[\"'][A-Z]{2}[\"']\s*:[^\n]*\n\s*[\"']PW[\"']\s*:\s*[\"']$")
"""Palau, among other countries by their letters (ISO 3166-1)."""
_EITHER: Final = re.compile(rb"[\"'] (?:or|and) [\"']$")
_BROWSER: Final = re.compile(rb"(?:NREUM|nr-data\.net)[^\n]{0,110}licen[sc]eKey\W{2,5}$")
"""The key that New Relic puts into the pages it watches."""
_OF_OTHERS: Final = (_CASE, _CHOICE, _OF_PSQL, _SCHEMA, _ARN, _DOWNLOAD, _COUNTRY, _EITHER, _BROWSER)
"""What stands before values that are something else."""
_CLIENT: Final = re.compile(rb"SOCIAL_AUTH_[A-Z0-9_]+_KEY\W{1,8}$")
"""What Django's social sign-in calls a key says which service asks (python-social-auth.readthedocs.io); the secret is beside it."""
_ADDRESS: Final = re.compile(rb"https?://[\w.-]+(?::\d+)?(?:[/?#]\S*)?")
_NEXT_NAME: Final = re.compile(rb"[a-z]+(?:_[a-z]+)*=")
_SPACED: Final = re.compile(rb"[ \t][=:][ \t]+$|:[ \t]+$")
_SENTENCE: Final = re.compile(rb"^(?:[ \t]+(?:[A-Za-z,.'-]|[\xc3-\xc9][\x80-\xbf]|\xe2\x80[\x98\x99]|%\{\w+\})+){2}[ \t.\r\n]")


def opens_nothing(name: bytes, before: bytes, value: bytes, after: bytes) -> bool:
    """Tell whether a value stands where none can open anything.

    Args:
        name: the text from the beginning of the match to the value.
        before: what stands before the value, at least the end of it.
        value: the value.
        after: what follows it.
    """
    head = before[-_NEAR:]
    return (
        _is_forgery_token(name, head)
        or (value.endswith(b"$") and after[:1] in {b"{", b"("})
        or (_PLAIN.fullmatch(value) is not None and _is_list_of_names(head, after))
        or (_NAME.fullmatch(value) is not None and _KEY_OF_A_PASSWORD.search(head) is not None)
        or any(place.search(head) for place in _OF_OTHERS)
        or _is_piece(value, after)
        or _ADDRESS.fullmatch(value) is not None
        or (_NEXT_NAME.fullmatch(value) is not None and head.rstrip(b" ").endswith(b"="))
        or _is_sentence(head, value, after)
    )


def names_client(before: bytes) -> bool:
    """Tell whether the value says which service asks a sign-in, which everybody may know."""
    return _CLIENT.search(before[-_NEAR:]) is not None


def is_binary(window: bytes, start: int, end: int) -> bool:
    """Tell whether a value is a piece of something that is no text: it holds control characters, or stands in lines of base 85."""
    if _CONTROL.search(window, start, end):
        return True
    first, last = window.rfind(b"\n", 0, start) + 1, window.find(b"\n", end)
    line = window[first : last if last >= 0 else len(window)].strip()
    if not _BASE85.fullmatch(line) or len(set(line) & _NOT_64) < _SEVERAL:
        return False
    above = window[:first].rstrip().rpartition(b"\n")[2]
    below = window[last + 1 :].partition(b"\n")[0] if last >= 0 else b""
    return any(_BASE85.fullmatch(beside.strip()) for beside in (above, below))


def is_session(name: bytes, before: bytes) -> bool:
    """Tell whether the value names a visit to a site, which ends by itself: it matters only to who finds it in time."""
    return _SESSION_ROW.search(before[-_NEAR:] + name) is not None or _COOKIE.search(before[-_NEAR:]) is not None


def _is_forgery_token(name: bytes, head: bytes) -> bool:
    """Every visitor gets one with the page; the key that signs them is another thing."""
    found = list(_FORGERY.finditer(head[-60:] + name))
    return bool(found) and _OWN_KEY.search((head[-60:] + name)[found[-1].end() :]) is None


def _is_piece(value: bytes, after: bytes) -> bool:
    """Tell whether a value in quotes stands between two texts, is an expression that finds one, or is cut from a sentence."""
    if _CONCATENATED.match(value) or _EXPRESSION.search(value) or _BETWEEN.match(value) or _PARAMETER.fullmatch(value):
        return True
    return value.endswith(b"\\") and _CUT.match(after) is not None


def _is_list_of_names(head: bytes, after: bytes) -> bool:
    before = _NAMES_BEFORE.search(head) or _PAIR_BEFORE.search(head)
    return before is not None and _NAMES_AFTER.match(after) is not None


def _is_sentence(head: bytes, value: bytes, after: bytes) -> bool:
    """Two more words after a word without quotes: a text that the user reads, not a password."""
    return _SPACED.search(head) is not None and _LETTERS.fullmatch(value) is not None and _SENTENCE.match(after) is not None
