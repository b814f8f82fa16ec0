"""Whether letters look like words: natural language and identifiers use few pairs of letters, random strings use all.

The table holds the pairs that make up nine tenths of all pairs in English words and in the words of code.
"""

from __future__ import annotations

import re
from typing import Final

_ROWS: Final = (
    "abcdgiklmnprstuvy baeilorsu cacehiklorstu dadegilorsu eacdefgilmnpqrstvwxy faefiloru gaehilnrsu haeiot iabcdefglmnoprstvz kei "
    "ladeilostuy mabeimopsu nacdefgiknostuv obcdfglmnoprstuvw paehiloprstuy qu racdegilmnoprstuy sacehilopstuy tacehilmoprstuy "
    "uabceilmnprst vaei waei xt yp ze"
)
_PAIRS: Final = frozenset(row[0] + after for row in _ROWS.split() for after in row[1:])
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_WORDLIKE: Final = 0.72
_WORD: Final = 3


def parts(text: str) -> list[str]:
    """Split into runs of letters, at changes of case as in camelCase."""
    return _PARTS.findall(text)


def wordiness(text: str) -> float:
    """Return the share of letter pairs that are common in words, over runs of three letters and more; 0 without any."""
    pairs = [
        run[place : place + 2] in _PAIRS
        for part in parts(text)
        if len(part) >= _WORD
        for run in (part.lower(),)
        for place in range(len(run) - 1)
    ]
    return sum(pairs) / len(pairs) if pairs else 0.0


def in_runs(text: str) -> float:
    """Return the share of the characters that stand in runs of three letters and more."""
    return sum(len(part) for part in parts(text) if len(part) >= _WORD) / len(text) if text else 0.0


def is_words(text: str) -> bool:
    """Tell whether the text is made of words: most of its characters stand in runs of letters that look like words."""
    runs = [part for part in parts(text) if len(part) >= _WORD]
    letters = sum(map(len, runs))
    solid = sum(not character.isspace() and character not in "-_./:,!?'" for character in text)
    return bool(runs) and letters >= 0.75 * solid and wordiness(text) >= _WORDLIKE


def kinds(text: str) -> int:
    """Count the kinds of characters: small letters, capitals, digits, others."""
    return (
        any(character.islower() for character in text)
        + any(character.isupper() for character in text)
        + any(character.isdigit() for character in text)
        + any(not character.isalnum() for character in text)
    )
