"""Shapes of values: code, prose, random strings. Judged by the value alone."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter
from typing import Final

from auditor.detection.rarity import in_runs, is_words, wordiness

_CODE: Final = re.compile(
    rb"""(?x)
    (?:^|[\s,=(+!|&?:])[A-Za-z_$][\w$.]*\( | \)\.\w | \)\s*[;{.,)]? $ | =>|->|::|&&|\|\|     # a call, an arrow
    | ^\[?[A-Z][A-Za-z]+(?:<.*>|\[\]|\?)$
    | ^(?:str|int|bool|bytes|String|Optional|Option|List|Dict|Any|None|null|nil|char|varchar|object|function|typeof|new|async
      |await|return|lambda)\b
    | ^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$                                   # a constant
    | ^[/.~]{1,2}[\w.-]*/[\w./-]*$ | ^[A-Za-z]:\\
    | \.(?:py|js|ts|rb|go|java|json|ya?ml|xml|pem|key|crt|cer|pub|txt|html?|css|conf|cfg|ini|properties|md|php|sh|env|log|p12
      |pfx|jks)$
    | ^(?:https?|ftp|file|ssh|git|socks[45]?h?|tcp|udp|unix|wss?|ldaps?|amqps?|rediss?)://[^:@]*(?::\d{1,5}(?:/[^:@]*)?)?$
    | ^[\w.+-]+@[\w-]+\.[\w.-]+$ | ^\#?[0-9A-Fa-f]{3,8}$
    | ^\d+(?:\.\d+)*(?:px|em|rem|%|s|ms)?$ | ^0x[0-9A-Fa-f]{1,16}$
    | ^(?:[\w-]+\.)+(?:com|net|org|io|uk|gov|eu|de|fr|dev|app|cloud|local|internal|info|biz|edu|mil|co|ai)(?:[:/].*)?$
    | ^(?:[\^~<>=v]{0,2}|rc|release-)\d+(?:\.\d+)+(?:[-.+_]\w+)*$ | === | [?:]\s*$ | ^\[  # a version, an operator
    | ^[a-z][a-z0-9-]*:[A-Z*][A-Za-z*]*$ | ^[a-z0-9-]+:\*$ | ^(?:\*:|:)|\*[A-Z][a-z]+\*  # an action, a wildcard
    | ^\d{1,2}/\d{1,2}/\d{4}$
    | ^(?:com|org|net|io|uk|gov)\.[\w.-]+$ | (?i:\.(?:pdf|docx?|xlsx?|csv|png|jpe?g|svg|gif|ico|zip|gz|tgz|jar))$
    | ^[a-z_]+(?:/[a-z_]+)+(?:\#[a-z_]+)?$ | ^[a-z]+(?:_[a-z]+)*\#[a-z_]+$ | ^urn:[a-z]       # an action of a controller
    | ^@(?:[a-z_]{3,}|[a-z]\w*_\w+),?$ | ^[a-z0-9-]+/[a-z0-9-]+:[\w.-]+$      # a variable of an instance, an image of a container
    | ^["']\s?,                                                          # the end of another text, and what follows it
    | ^AAAA[A-Z][0-9][A-Z]z | ^AAAAE2Vj | ^(?:ssh|ecdsa)-                                                       # a public key
    | ^(?:npm|workspace|patch|portal|link|github|git\+\w+):
    | ^[\[({<] | ^[&*!|][A-Za-z_-]+$ | ^\\ | ^[\s,;:.=+|/-]+$ | ^(?:sha\d+|md5)- | ^data: | ^arn:
    | ^MI(?:GfMA0GCSqG|I[BC]IjANBgkqhkiG|GbMBAGByqGSM) | ^MF(?:wwDQYJKoZI|kwEwYHKoZI) | ^MHYwEAYHKoZI | ^MCowBQYDK2Vw
    """
)
_ATTRIBUTE: Final = re.compile(rb"^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+(?:[\[(].*)?$")
_COUNTED_OF: Final = re.compile(rb"^\d{1,6}(?:\.[a-z][a-z_]*)+$")
"""So many of something, asked of a number: `2.years.to_i`."""
_LONG_PART: Final = re.compile(rb"[A-Za-z0-9_-]{16,}")
_NAME: Final = re.compile(rb"^[a-z]+(?:-[a-z]+){1,6}$|^[a-z]+(?:_[a-z]+){1,6}$|^[a-z]+(?:\.[a-z]+){1,6}$")
_DRAWN_DIGITS: Final = 3
_UUID_LIKE: Final = re.compile(r"(?i)\b[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}\b")
_ALTERED_UUID: Final = 5
_DRAWN: Final = 20
_KEYBOARD: Final = 20
_DIFFERENT: Final = 15
_TANGLED: Final = 12
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_SIGNS: Final = 6
_PATTERN: Final = re.compile(r"^\^|\(\?|\[a-z]-|\[\^|\\[dws]|\.\*|\{\d+,|\$\(|\$\{\w+\}|\{[a-z]\w*[.\[(]|%[sd]|://|\w\(\w*\)")
_LETTERS: Final = 14
_FEW: Final = 0.12
_NUMBERED: Final = re.compile(r"^\d{1,7}\|")
_MIXED: Final = 3
_HEX: Final = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_FORMS: Final = (
    (re.compile(r"AIza"), re.compile(r"AIza[\w-]{35}")),
    (re.compile(r"A[KS]IA[A-Z0-9]+$"), re.compile(r"A[KS]IA[A-Z2-7]{16}")),
    (re.compile(r"BSA[\w-]{16,}"), re.compile(r"BSA[\w-]{28}")),
    (re.compile(r".*NRAL$"), re.compile(r"(?:(?:eu|us)01xx[0-9a-f]{30}|[0-9a-f]{36})(?:FFFF)?NRAL")),
    (re.compile(r".*-NRMA$"), re.compile(r"(?:AA[0-9a-f]{40}|(?:eu|us)01xx[0-9a-f]{36})-NRMA")),
    (
        re.compile(r".*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]+$"),
        re.compile(r".*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[0-9a-f]{8,})?"),
    ),
)
"""How a form begins or ends that cannot be mistaken, and the whole of it: keys of Google, AWS, Brave and New Relic, UUIDs."""
_COUNTED: Final = 6
_STILL: Final = 7


@functools.lru_cache(maxsize=1 << 16)
def code_like(value: bytes) -> bool:
    """Tell whether the value is a piece of code, a path or an address rather than a secret."""
    if _CODE.search(value) or _COUNTED_OF.match(value):
        return True
    if not _ATTRIBUTE.match(value):
        return False
    return not any(sum(48 <= byte <= 57 for byte in part) >= _DRAWN_DIGITS for part in _LONG_PART.findall(value))  # noqa: PLR2004  the codes of 0 and 9


@functools.lru_cache(maxsize=1 << 16)
def name_like(value: bytes) -> bool:
    """Tell whether the value is small words joined by hyphens, underscores or dots: the name of something, or a phrase."""
    return _NAME.match(value) is not None


def prose_like(text: str) -> bool:
    """Tell whether the value is a sentence or a label in some language."""
    words = text.split()
    if len(words) < 2:  # noqa: PLR2004  one word is judged by its letters
        return any(ord(character) > 0x2FF for character in text)  # noqa: PLR2004  beyond Latin: a translation
    letters = sum(character.isalpha() for character in text)
    return letters >= 0.6 * len(text.replace(" ", "")) or len(words) > 3  # noqa: PLR2004  passphrases are rare, sentences are not


def _altered(text: str) -> bool:
    """Tell whether one or two strange characters stand in what else is a machine's alphabet.

    Machines draw from base64, hex or identifiers, or from all characters of a keyboard; then there are many strange ones.
    """
    strange = [character for character in text if not character.isalnum() and character not in "-_+/=.:~"]
    return 0 < len(set(strange)) < _MIXED and len(strange) * 12 < len(text) * 2


@functools.lru_cache(maxsize=1 << 14)
def keyboard_drawn(text: str) -> bool:
    """Tell whether a machine drew the characters from a whole keyboard, as frameworks do for their secret keys."""
    if len(text) < _KEYBOARD or " " in text or not text.isascii() or _PATTERN.search(text):
        return False
    signs = {character for character in text if not character.isalnum()}
    return len(signs) >= _SIGNS and any(map(str.isdigit, text)) and len({character.lower() for character in text}) >= _DIFFERENT


@functools.lru_cache(maxsize=1 << 14)
def tangled(text: str) -> bool:
    """Tell whether brackets stand in an order that neither code nor templates have: somebody chose hard characters."""
    if len(text) < _TANGLED or " " in text or _PATTERN.search(text):
        return False
    wrong, opened = 0, []
    for character in text:
        if character in _BRACKETS.values():
            opened.append(character)
        elif character in _BRACKETS and (not opened or opened.pop() != _BRACKETS[character]):
            wrong += 1
    return wrong > 1


def spoiled(text: str) -> bool:
    """Tell whether the characters were not drawn from one alphabet, although they look so: something was changed or cut.

    Machines draw hex in whole bytes, and letters of both cases in like numbers.
    """
    letters = [character for character in text if character.isalpha()]
    found = _UUID_LIKE.search(text)
    if text.startswith("=") or (found and 0 < sum("f" < character.lower() <= "z" for character in found[0]) <= _ALTERED_UUID):
        return True
    if len(text) < _DRAWN or not text.isalnum() or not text.isascii():
        return False
    if _HEX.fullmatch(text):
        return len(text) % 2 == 1
    beyond_hex = sum(character.lower() > "f" for character in letters)
    if (text.islower() or text.isupper()) and 0 < beyond_hex <= _FEW * len(text):
        return True
    capitals = sum(character.isupper() for character in letters)
    return len(letters) >= _LETTERS and 0 < min(capitals, len(letters) - capitals) <= _FEW * len(letters)


def misshapen(text: str) -> bool:
    """Tell whether the value has the mark of a known form and not its length or alphabet: it was changed, or cut."""
    return any(mark.match(text) and not form.fullmatch(text) for mark, form in _FORMS)


def made_up(text: str) -> bool:
    """Tell whether the characters hold a run that counts up or down or stands still, which drawn ones hardly ever do."""
    letters, digits = ("".join(filter(kind, text)) for kind in (str.isalpha, str.isdigit))
    between = len(digits) < len(text) // 2 and not _HEX.fullmatch(text.lower())  # six letters count by chance
    return _counts(text) or (between and (_counts(letters) or _counts(digits)))


def _counts(text: str) -> bool:
    run, last = 1, 0
    codes = [ord(character) for character in text.lower()]
    for before, after in itertools.pairwise(codes):
        step = after - before
        run = run + 1 if step == last and step in {-1, 0, 1} else 2 if step in {-1, 0, 1} else 1
        last = step
        if run >= (_COUNTED if step else _STILL):
            return True
    return False


def entropy(text: str) -> float:
    """Return Shannon's entropy in bits per character."""
    size = len(text)
    return -sum(count / size * math.log2(count / size) for count in Counter(text).values()) if size else 0.0


@functools.lru_cache(maxsize=1 << 16)
def token_like(text: str) -> bool:
    """Tell whether a machine could have drawn the characters: no blanks, enough variety, not made of words."""
    if len(text) < 8 or " " in text:  # noqa: PLR2004  shorter ones cannot be told from words
        return False
    if is_words(text) or _altered(_NUMBERED.sub("", text)):
        return False
    variety = entropy(text)
    if _HEX.fullmatch(text):
        return variety >= 2.7 and not text.isdigit()  # noqa: PLR2004  sixteen digits drawn at random have about 3
    text = _NUMBERED.sub("", text)
    digits = sum(character.isdigit() for character in text)
    if digits == 0:
        mixed = text != text.lower() and text != text.upper()
        return variety >= 3.2 and wordiness(text) <= (0.62 if mixed else 0.55)  # noqa: PLR2004
    return variety >= min(3.0, math.log2(len(text)) * 0.75) and (wordiness(text) <= 0.85 or in_runs(text) < 0.5)  # noqa: PLR2004
