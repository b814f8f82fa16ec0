"""The arithmetic of check digits, each in a few lines; who uses which is the validators' business."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOD23_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The alphabet without I, O and S, which British school and police numbers share; the place of a letter is its value."""

_IBAN_SHIFT: Final = 4
_LUHN_MAX: Final = 9
_BASE: Final = 10


def digits_of(text: str) -> list[int]:
    """Return the decimal digits of a text, leaving out everything else."""
    return [int(character) for character in text if "0" <= character <= "9"]


def weighted(digits: Iterable[int], weights: Iterable[int]) -> int:
    """Sum digits times weights, as far as the shorter of the two goes."""
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def luhn(text: str) -> bool:
    """Check the last digit by ISO/IEC 7812-1 annex B, the formula of payment cards."""
    digits = digits_of(text)
    total = sum(digits[-1::-2])
    for digit in digits[-2::-2]:
        total += 2 * digit - _LUHN_MAX if 2 * digit > _LUHN_MAX else 2 * digit
    return bool(digits) and total % _BASE == 0


def mod97_of(text: str) -> int:
    """Return the remainder by 97 of a text whose letters count as 10 to 35 (ISO 7064, used by the IBAN)."""
    return int("".join(str(int(character, 36)) for character in text.upper())) % 97


def iban_remainder(text: str) -> int:
    """Return what the IBAN check leaves; 1 for a right one."""
    return mod97_of(text[_IBAN_SHIFT:] + text[:_IBAN_SHIFT])


def mod11_10(digits: Sequence[int]) -> bool:
    """Check the last digit by ISO 7064 MOD 11,10, as German and Croatian tax numbers do."""
    product = _BASE
    for digit in digits[:-1]:
        total = (digit + product) % _BASE or _BASE
        product = (2 * total) % 11
    return bool(digits) and (11 - product) % _BASE == digits[-1]


def icao_check(text: str) -> int:
    """Return the check digit of a machine-readable travel document field: weights 7, 3, 1, modulus 10, `<` is 0."""
    values = (0 if character == "<" else int(character, 36) for character in text)
    return sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % _BASE


def all_same_or_run(digits: Sequence[int], least: int) -> bool:
    """Tell whether `least` digits in a row are equal or count up or down: the look of an invented number."""
    for step in (0, 1, -1):
        length = 1
        for before, after in itertools.pairwise(digits):
            length = length + 1 if (after - before) == step else 1
            if length >= least:
                return True
    return False
