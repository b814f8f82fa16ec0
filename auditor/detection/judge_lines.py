"""What the line around a value tells: a setting, a log message, a page that asks for a password, a test that looks at one."""

from __future__ import annotations

import re
from typing import Final

_SETTING: Final = re.compile(
    rb"""(?x)
    ^[\s\#*;/>$+-]*(?:export\s+|set\s+|SET\s+|ENV\s+|ARG\s+)?["']?[\w.\[\]-]+(?:::[\w.-]+)*["']?
    [ \t]*[:=][ \t]*\S+\s*(?:\#.*|\\)?\r?$
    """
)
_USER_BESIDE: Final = re.compile(
    rb"""(?x)
    [{,]\s*["']?(?:user|username|login)["']?\s*:\s*["']?[\w.@-]+["']?\s*,\s*["']?\w+["']?\s*:\s*$
    | \b(?:user|username|login|name)=[\w.@-]+[ \t]+(?:\w+=[^\s"']+[ \t]+){0,3}\w+=$
    """
)
_USER_LINE: Final = re.compile(
    rb"""(?xi)
    (?:^|\n)[ \t]*["'$]?[\w.:-]{0,40}(?:user|user_?name|user_?id|login|uid|account|e-?mail)["']?\s{0,3}(?:[:=]|=>)\s{0,3}
    ["']?(?P<user>[\w.@\\+-]{2,60})["']?[;,]?[ \t]*\r?\n
    (?:[ \t]*(?:\#|//|;)[^\n]{0,120}\n){0,3}
    [^\n]{0,80}$
    """
)
_CONNECTION: Final = re.compile(
    rb"""(?xi)
    (?=.*\b(?:host|hostname|server|data\ source|addr|address|dbname|database|initial\ catalog|dsn|sslmode)\s?=\s?[^;\s=]+[;\s])
    .*\b(?:user|username|user\ id|uid|userid)\s?=\s?[^;\s=]+[;\s"']
    """
)
_ENV: Final = re.compile(rb"^\s*(?:ENV|env|setenv)[ \t]+[A-Za-z]\w*[ \t]+\S+\s*(?:\\\s*)?$")
_FOR_COMMAND: Final = re.compile(rb"^[\s$>]*(?:[A-Z][A-Z0-9_]*=\S+[ \t]+)+[a-z./][\w./-]*(?:\s|$)")
"""A variable of the environment that is set for one command: `PGPASSWORD=... psql`."""
_LOG_KEY: Final = re.compile(
    rb"""(?xi)
    ^\W{0,3}(?:\d[\d:.,TZ\ /+-]*)?\W{0,3}(?:debug|info|warn(?:ing)?|error|trace)\b.*[^\w-]key\s*[:=]\s*$
    """
)
_SPACED: Final = re.compile(rb"[ \t]=[ \t]*$")
_PAGE: Final = re.compile(
    rb"""(?xi)
    hashed_secret | \bplaceholder | \blabel\b | aria- | i18n | \btranslat | \bautocomplete | \bdata- | \bclass(?:name)?\s*=
    | <label | \bfor= | \bdescription\b | \btitle\b | \bmessage | \berror | \bhint\b | <input | \bregex | \bpattern\b | \bassert
    | \bexpect\(
    """
)
_ASKS: Final = re.compile(
    rb"""(?xi)
    (?:get|env|opts?|option|conf|config|param|params|prompt|input|read|fetch|find|lookup|ask|field|column|label|select|query|dig|pluck
    |attr|header|headers|cookie|session|request|form|data|arg|args|flag|setting|settings|secret|vault|load|open|file|path|join|require
    |import|hiera|extlookup|credentials|t|_|trans|translate|gettext|check|validate|value|key|name|has|set|is|include|includes|contains
    |expect|be|eq|equal|equals)
    \w{0,24}$
    """
)
_LISTED: Final = re.compile(
    rb"(?:^|[\s\"'])[\w.@-]{1,64}:(?:\{\w+\})?$|(?:secret|password)\s+\d\s+$|(?:rootpw|encrypted-password|passwd)\s+[\"']?$"
)
_ROW: Final = re.compile(rb"(?i)insert\s+into|\bvalues\s*\(|^\s*\(\s*['\d]|\t[^\t]*\t|userpassword::?\s|<row|<field")
_NEAR: Final = 160


def is_setting(line: bytes) -> bool:
    """Tell whether the line gives names values and nothing else, as configuration does, or gives them to a command behind."""
    return any(form.match(line) for form in (_SETTING, _ENV, _FOR_COMMAND))


def has_user_before(before: bytes) -> bool:
    """Tell whether the value is the password of a user that is named right before it: `{user: app, password: ...`."""
    return _USER_BESIDE.search(before[-_NEAR:]) is not None


def user_line(before: bytes) -> bytes:
    """Return the user that the line before names, as in `user = app` above `password = ...`; empty where it names none."""
    found = _USER_LINE.search(before[-320:])
    return found["user"] if found else b""


def is_connection_string(line: bytes) -> bool:
    """Tell whether the line holds the settings of a connection to a database: a host and a user beside the password."""
    return _CONNECTION.search(line) is not None


def is_log_key(before: bytes) -> bool:
    """Tell whether the value is what a log message calls a key: the name of an entry as often as a credential."""
    return _LOG_KEY.search(before[before.rfind(b"\n") + 1 :]) is not None


def is_spaced(before: bytes) -> bool:
    """Tell whether the equals sign stands between blanks, as in code and in some configuration."""
    return _SPACED.search(before[-_NEAR:]) is not None


def leaves_block(before: bytes, part: bytes) -> bool:
    """Tell whether a line between those of a name and its value is indented no further than the name: the value is another's."""
    place = before.rfind(part) if part else -1
    if place < 0 or b"\n" not in before[place:]:
        return False
    first = before[before.rfind(b"\n", 0, place) + 1 :]
    depth = len(first) - len(first.lstrip(b" \t"))
    return any(len(line) - len(line.lstrip(b" \t")) <= depth for line in first.split(b"\n")[1:-1] if line.strip())


def is_page(line: bytes) -> bool:
    """Tell whether the line belongs to a page, to texts of a user interface or to a test, where words are not passwords."""
    return _PAGE.search(line) is not None


def asks(call: bytes) -> bool:
    """Tell whether a function that stands between name and value gets the value from elsewhere, so that its argument is a name."""
    last = call.rstrip(b"( \t").rpartition(b".")[2]
    return bool(last) and _ASKS.match(last) is not None


def is_account_row(line: bytes, before: bytes) -> bool:
    """Tell whether the line is an entry of a list of accounts, of a table or of a directory."""
    return _ROW.search(line) is not None or _LISTED.search(before[before.rfind(b"\n") + 1 :]) is not None
