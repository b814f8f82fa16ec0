"""Values that say what stands here and are no secret: the name of a field, a page, a class, a region, a file in another place.

Whole histories are full of them: every `changePassword: "/account/change-password"` has a word for a secret before it.
"""

from __future__ import annotations

import re
from typing import Final

from auditor.detection.judge_names import is_key_word, words

_PLACE: Final = re.compile(r"[#./]?[A-Za-z]+(?:[-_/:.]{1,2}[A-Za-z]+)*[-_/]?(?:\?[A-Za-z]+=?)?")
"""Words, perhaps behind the sign of an anchor, a class or a path, or before a query."""
_REGION: Final = re.compile(r"[a-z]{2}(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central|(?:north|south)(?:east|west))-\d[a-z]?")
_CLASS: Final = re.compile(r"[\w-]+--[\w-]+---[\w-]{5}")
"""What CSS modules make of the name of a class: file, name, and a digest of both."""
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}-(?:[A-Z]{2}|\d{3})")
_OPTION: Final = re.compile(r"--[a-z]+(?:-[a-z]+)*")
_CONSTANT: Final = re.compile(r"[A-Z]+PASSWORD(?:\\n)?|_[A-Z]+(?:_[A-Z]+)+_")
_PACKAGE: Final = re.compile(
    r"[A-Za-z][\w-]*(?:\.[\w-]+)+:[A-Za-z][\w.-]*:\d+(?:\.\d+)+(?:[.-]\w+)?|[\w.-]+:(?:jar|war|pom|aar):\d[\w.]*(?::[a-z]+)?"
)
"""A package of Maven by its group, name and version."""
_VERSIONS: Final = re.compile(r"[<>=^~!]{1,2} ?\d[\d.*]*(?:[\s,|-]+[<>=^~!]{0,2} ?\d[\d.*]*)*")
"""Which versions of a package will do."""
_PHP: Final = re.compile(r"\\{0,2}[A-Z]\w*(?:\\{1,2}[A-Z]\w*){2,}")
"""A class of PHP with its namespaces."""
_TEMPLATE: Final = re.compile(
    r"/?[\w./-]+\.(?:njk|html?|erb|haml|slim|twig|ejs|pug|hbs|jinja2?|vue|tsx?|jsx?|s?css|md|png|svg|py|rb|php)"
)
_HOST: Final = re.compile(r"//[\w.-]+:\d+\S*")
_CPE: Final = re.compile(r".*:\*:\*.*")
"""The end of the name of a product in the Common Platform Enumeration."""
_IDS: Final = re.compile(r"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12},?)+", re.IGNORECASE)
_MADE_OF_IT: Final = frozenset({"hashed", "encrypted", "encoded"})
_SIGNS_GIT: Final = re.compile(r"(?i)(?:signingkey|git[-_]signing[-_]key|gpg[-_]key)$")
_KEY_ID: Final = re.compile(rb"(?i)(?:0x)?(?:[0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{40})")
_QUESTION: Final = re.compile(r"(?:is|has|should|can)(?:[A-Z][a-z]+)+\d?")
_UNUSABLE: Final = re.compile(r"!(?:[A-Za-z0-9]{40})?")
_KIND: Final = re.compile(r"[a-z]{2,}(?:-[a-z]+\d?){1,5}|[a-z]{2,}(?:_[a-z]+\d?){1,5}")
_VARIABLE: Final = re.compile(r"[a-z]+\d?(?:[A-Z][a-z]+\d?)+[A-Z]?\d?")
_TYPE: Final = re.compile(r"(?:[A-Z][a-z]+\d?){3,}")
_THINGS: Final = (_REGION, _CLASS, _LANGUAGE, _OPTION, _CONSTANT, _UNUSABLE, _PACKAGE, _VERSIONS, _PHP, _HOST, _CPE, _TEMPLATE)
_SHORT: Final = frozenset({"pass", "pw", "pwd"})
_MANY: Final = 4
_SHORTEST: Final = 2
_DIGITS: Final = str.maketrans("", "", "0123456789")


def is_place(text: str) -> bool:
    """Tell whether the value names the field, the page or the entry for a password: words with one for a secret among them.

    `db-password` counts too: where that is not the password itself, it is the entry of a store that holds it.
    """
    split = words(text)
    told = any(is_key_word(word) and (word not in _SHORT or len(split) >= _MANY) for word in split)
    return told and not text.isalpha() and _PLACE.fullmatch(text) is not None


def is_variable(text: str) -> bool:
    """Tell whether the value is spelled like the name of a variable."""
    return _VARIABLE.fullmatch(text) is not None


def is_question(text: str) -> bool:
    """Tell whether the value is the name of what is either true or not, as in `pass: isVisible2`."""
    return _QUESTION.fullmatch(text) is not None


def is_code_name(text: str) -> bool:
    """Tell whether the value is spelled like a variable or type of a password; a type that ends like one may be one."""
    split = words(text)
    told = any(map(is_key_word, split))
    return told and (is_variable(text) or (_TYPE.fullmatch(text) is not None and not is_key_word(split[-1])))


def is_thing(text: str) -> bool:
    """Tell whether the value is by its form something else: a region, class, language, option, constant, package, version, or none.

    Django writes an exclamation mark and forty random characters for an account that nobody can log in to with a password.
    """
    return any(form.fullmatch(text) is not None for form in _THINGS)


def is_kind(text: str) -> bool:
    """Tell whether small words stand joined, with at most one digit behind one, as in `aws-s3-bucket`: the name of a kind."""
    return _KIND.fullmatch(text) is not None and sum(map(str.isdigit, text)) <= 1


def is_own_name(name: str, text: str) -> bool:
    """Tell whether the value is the end of its own name in another spelling: `ATTRIBUTE_MIGRATED_PASSWORD = "MigratedPassword"`."""
    named, said = words(name), words(text)
    if "pass" in text.lower() and name.lower().startswith(text.lower() + "_"):
        return True
    if not said or len(said) >= len(named) or named[-len(said) :] != said:
        return False
    return len(said) > 1 or not is_key_word(said[0]) or len(named) > _SHORTEST


def is_id_of(name: str, text: str) -> bool:
    """Tell whether the value is a UUID, or some, and the name says that it is an id: `PASSWORDRESETTEMPLATEID`."""
    return name.lower().rstrip("s").endswith("id") and _IDS.fullmatch(text) is not None


def is_made_of_it(text: str) -> bool:
    """Tell whether the value is spelled like the variable of what was made of a secret, as in `password: hashedPwd`."""
    return is_variable(text) and words(text)[0] in _MADE_OF_IT


def names_a_key(name: str, value: bytes) -> bool:
    """Tell whether git is told here which key signs, by its fingerprint."""
    return _SIGNS_GIT.search(name) is not None and _KEY_ID.fullmatch(value) is not None


def repeats(name: str, text: str) -> bool:
    """Tell whether the value is its own name once more, but for digits: `"password1", "password2"` are two fields."""
    return name.lower().translate(_DIGITS) == text.lower().translate(_DIGITS)
