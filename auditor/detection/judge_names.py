"""What the name beside a value tells: whether the value is the secret, says something about one, or may be seen by everybody.

`password` and `db.password2` name a password; `passwordLabel`, `PASSWORD_RESET_URL` and `password_hash_algorithm` do not.
"""

from __future__ import annotations

import functools
import re
from typing import Final

_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_CLEAR: Final = re.compile(r"(?i)clear_?text|plain_?text")
"""A password in clear text is one; a password text is not."""
_TAIL: Final = re.compile(rb"[\w.$@-]{0,60}$")
_KEYS_TEXT: Final = """
    password passwd passphrase passcode passkey pswd pwd pass pw passwort kennwort secret token key credential credentials
"""
_KEYS: Final = frozenset(_KEYS_TEXT.split())
_RESULT: Final = re.compile(
    r"(?:outcome|result|status|verdict|check|state|grade)s?\.pass$|(?:render|opaque|offscreen|shader|depth|by|com|tres|sur|over|under)_?pass(?!w)"
    r"|caps_?word",
    re.IGNORECASE,
)
"""To pass is also what a check does, and a drawing is made in passes."""
_ABOUT_TEXT: Final = """
    age algorithm algo alias attempts attribute attr blueprint bp button cache caption category change changed changes class column
    component count css date description dialog digest disabled element enabled encoder encryption env error errors exception
    expired expires expiration expiry field fields file filename fingerprint folder form format generator grant handler hash
    hashed hasher hashers hashes header failure help helper hint history icon id identifier ids index input invalid issuer item
    iterations label labels len length limit link list locator manager max maximum message messages method min minimum mode
    model modal msg name names obfuscation option options page param parameter path pattern placeholder policy position prefix
    prompt property provider recovery ref reference regex required reset resets resolver retries route rule rules salt schema
    scope screen selector service sha sha1 sha2 sha256 sha512 md5 size source store stores storage strategy strength style
    success successful suffix template text timeout title toggle tooltip transports ttl type types uid uri url usage used util
    utils validation validator validators var variable version view widget xpath rotated rotation rb py js ts java php go cs erb
    pp html xml yml yaml json
"""
_ABOUT: Final = frozenset(_ABOUT_TEXT.split())
"""After the word for the secret: what follows is not the secret but a property of it, or a part of a page that asks for it."""
_TRACES_TEXT: Final = """
    hash hashed hashes digest fingerprint id ids uid index name names version sha md5 sha1 sha256 sha512 salt alias ref reference
    issuer scope
"""
_TRACES: Final = frozenset(_TRACES_TEXT.split())
"""What is made from a secret, or tells which one it is."""
_TOLD_TEXT: Final = """
    label title hint error errors invalid mandatory missing incorrect msg message text placeholder caption button btn tooltip
    i18n l10n lang translation translations forgot forgotten lost enter show hide toggle weak strong help info warning notice to
    has is can must should requires require supports allow allows enable disable use uses no
"""
_TOLD: Final = frozenset(_TOLD_TEXT.split())
"""Before the word for the secret: a label, a question, a switch."""
_PUBLIC_TEXT: Final = """
    public pub publishable fingerprint thumbprint checksum etag csrf xsrf sitekey integrity idempotency
"""
_PUBLIC: Final = frozenset(_PUBLIC_TEXT.split())
_OF_ONE_REQUEST: Final = frozenset(
    {("postman", "token"), ("continuation", "token"), ("page", "token"), ("request", "token"), ("click", "hmac")}
)
"""What tells requests or pages of an answer apart."""
_FOREIGN_TEXT: Final = """
    password passwort kennwort passord passordet adgangskode kodeord lösenord salasana salasõna parool heslo hasło parola
    parolă parole senha contraseña contrasinal contrasenya wachtwoord paswoord jelszó geslo lozinka zaporka şifrə şifre
    fjalëkalimi wagwoord pasvorto parool parol sifre nenosiri slaptažodis lykilorð cyfrinair pasahitza pasfhocal κωδικός
    пароль парола лозинка гасло
"""
_FOREIGN: Final = frozenset(_FOREIGN_TEXT.split())


_IDENTIFIERS_TEXT: Final = """
    id ids uid guid uuid name user username index hash digest version event mask label type url uri path file level code mode date
    time size count length vault keyvault
"""
_IDENTIFIERS: Final = frozenset(_IDENTIFIERS_TEXT.split())


_RECORDS_TEXT: Final = """
    primary foreign partition sort row cache group object entity node item public unique instrumentation product package component
    registry config map lookup event job page user account order customer template record file asset content data message request
    index range hash idempotency correlation tracking translation label setting settings property feature flag metric partition
    parent child task project organisation organization tenant client application app resource document image media lock queue topic
    stream bucket composite natural surrogate business external internal reference default other same next last first new old
    install installation device machine role policy kms encryption key hot press short license licence
"""
_RECORDS: Final = frozenset(_RECORDS_TEXT.split())
"""Before the word key: what finds a record, not what opens a service."""
_SHORTEST: Final = 3
_NEXT_ITEM: Final = re.compile(rb"\n[ \t]*- [\"'`]?$")
_SOUGHT_IN: Final = re.compile(rb"\bin\s*[\[(]$")


@functools.lru_cache(maxsize=1 << 14)
def words(name: str) -> tuple[str, ...]:
    """Split a name into its words, in small letters: at signs, at capitals, at digits."""
    return tuple(part.lower() for part in _PARTS.findall(name))


def whole_name(before: bytes, part: bytes) -> str:
    """Return the whole identifier that a matched part of a name belongs to; `before` ends where the value begins."""
    place = before.rfind(part) if part else -1
    if place < 0:
        return ""
    head = _TAIL.search(before, max(0, place - 60), place)
    return ((head.group() if head else b"") + part).decode("utf-8", "replace")


def is_listed(before: bytes, part: bytes) -> bool:
    """Tell whether a comma stands between a name and its value."""
    place = before.rfind(part) if part else -1
    return place >= 0 and b"," in before[place + len(part) :]


def is_further(before: bytes, part: bytes) -> bool:
    """Tell whether a name and its value are texts of a list with more before them, or of a call that puts one for the other."""
    if not is_listed(before, part):
        return False
    place = before.rfind(part)
    head = _TAIL.sub(b"", before[max(0, place - 60) : place], count=1)[:-1].rstrip()
    return head.endswith((b",", b"[", b"replace(", b"replaceAll("))


def is_row_of_list(before: bytes, part: bytes) -> bool:
    """Tell whether a name and its value are texts of a list with a line for each, or of one that something is looked for in.

    Behind an option of a command (`--password`) the next text of the list is its value.
    """
    place = before.rfind(part) if part else -1
    if whole_name(before, part).startswith("-"):
        return False
    if place >= 0 and (item := _NEXT_ITEM.search(before, place)) and not before[place : item.start()].rstrip().endswith(b":"):
        return True
    if not is_listed(before, part):
        return False
    head = _TAIL.sub(b"", before[max(0, place - 60) : place], count=1)[:-1].rstrip()
    return (head.endswith(b",") and b"\n" in before[place:]) or _SOUGHT_IN.search(head) is not None


def is_argument(before: bytes, part: bytes) -> bool:
    """Tell whether a name and its value stand side by side as two arguments, `("password", "..."`; true too without a comma."""
    place = before.rfind(part) if part else -1
    if not is_listed(before, part) or b"value" in before[place + len(part) :].lower():
        return True
    if b"]" in before[place + len(part) :].partition(b",")[0]:
        return False  # `params["password"], "charset"`: of something else
    head = before[max(0, place - 60) : place]
    opening = _TAIL.sub(b"", head, count=1)
    return opening.endswith((b'"', b"'", b"`")) and opening[:-1].rstrip().endswith((b"(", b"[", b"{", b","))


@functools.lru_cache(maxsize=1 << 14)
def is_about(name: str) -> bool:
    """Tell whether what bears this name is something about a secret: its label, its length, its hash, the page that asks for it."""
    if _RESULT.search(name):
        return True
    split = words(_CLEAR.sub("", name))
    key = max((place for place, word in enumerate(split) if is_key_word(word)), default=-1)
    if key < 0:
        return False
    return any(word in _ABOUT for word in split[key + 1 :]) or any(word in _TOLD for word in split[:key])


@functools.lru_cache(maxsize=1 << 14)
def is_trace(name: str) -> bool:
    """Tell whether what bears this name is drawn too but opens nothing: an id, a hash, a version of a secret."""
    split = words(name)
    key = max((place for place, word in enumerate(split) if is_key_word(word)), default=-1)
    return key >= 0 and ("hashed" in split[:key] or any(word in _TRACES for word in split[key + 1 :]))


def is_key_word(word: str) -> bool:
    """Tell whether a word names a secret."""
    return (
        word in _KEYS
        or word.removesuffix("s") in _KEYS
        or word.endswith(("password", "passwd", "passphrase", "secret", "token", "apikey"))
    )


@functools.lru_cache(maxsize=1 << 14)
def is_public(name: str) -> bool:
    """Tell whether what bears this name may be seen by everybody, such as a public key or a fingerprint."""
    split = words(name)
    return any(word in _PUBLIC for word in split) or split[-2:] in _OF_ONE_REQUEST


@functools.lru_cache(maxsize=1 << 14)
def is_service_key(name: str) -> bool:
    """Tell whether a name is that of a service and the word key: there even a UUID is what opens it; keys of records are none."""
    split = words(name)
    return len(split) > 1 and split[-1] == "key" and len(split[-2]) > _SHORTEST and not set(split[:-1]) & _RECORDS


@functools.lru_cache(maxsize=1 << 14)
def is_identifier(name: str) -> bool:
    """Tell whether what bears this name says who asks, and not that they may."""
    split = words(name)
    last = next((word for word in reversed(split) if not word.isdigit()), "")
    return last in _IDENTIFIERS or "encrypted" in split


def is_word_for_password(text: str) -> bool:
    """Tell whether the value is no more than the word for a password in some language."""
    return text.lower().rstrip(":*.!? ") in _FOREIGN
