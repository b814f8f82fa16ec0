"""References of HMRC: Unique Taxpayer Reference, references with a modulus 23 letter, VAT and PAYE."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detection.checkdigits import digits_of, weighted
from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_UTR_LENGTH: Final = 10
_UTR_LONG: Final = 13
_UTR_WEIGHTS: Final = (6, 7, 8, 9, 10, 5, 4, 3, 2)
_UTR_CHECKS: Final = "21987654321"
_LETTERS: Final = "ABCDEFGHXJKLMNYPQRSTZVW"
_LETTER_WEIGHTS: Final = (9, 10, 11, 12, 13, 8, 7, 6, 5, 4, 3, 2, 1)
_LETTER_OFFSET: Final = 32
_VAT_LENGTHS: Final = (9, 12)
_VAT_WEIGHTS: Final = range(8, 1, -1)
_VAT_SHIFT: Final = 55
_EMPLOYER: Final = re.compile(r"(?P<office>\d{3})/[A-Z0-9]{1,10}", re.IGNORECASE)


def is_utr(text: str) -> bool:
    """Check the first digit of a taxpayer reference; of a thirteen-digit one the first three digits do not count."""
    digits = digits_of(text)
    if len(digits) == _UTR_LONG:
        digits = digits[3:]
    if len(digits) != _UTR_LENGTH or len(set(digits[1:])) == 1:
        return False
    return digits[0] == int(_UTR_CHECKS[weighted(digits[1:], _UTR_WEIGHTS) % 11])


def mod23_letter(body: str) -> str:
    """Return the check letter of the characters after it; letters count as their ASCII code less 32, weights run from the left."""
    values = (int(character) if character.isdigit() else ord(character) - _LETTER_OFFSET for character in body.upper())
    return _LETTERS[weighted(values, _LETTER_WEIGHTS) % 23]


def is_agent_reference(text: str) -> bool:
    """Check an agent reference number such as `?ARN0000000`, whose first letter is computed from the rest."""
    reference = text.upper()
    return bool(re.fullmatch(r"[A-Z]ARN\d{7}", reference)) and mod23_letter(reference[1:]) == reference[0]


def is_subscription_reference(text: str) -> bool:
    """Check a subscription id such as `X?IT00000123456`, whose second letter is computed from the rest."""
    reference = text.upper()
    return bool(re.fullmatch(r"X[A-Z][A-Z]{2}00000\d{6}", reference)) and mod23_letter(reference[2:]) == reference[1]


def is_vat_number(text: str) -> bool:
    """Check a British VAT registration number of a trader; GD and HA numbers belong to public bodies and are no person's."""
    if re.match(r"\s*(?:GB|XI)?\s*(?:GD|HA)", text, re.IGNORECASE):
        return False
    digits = digits_of(text)
    if len(digits) not in _VAT_LENGTHS or not any(digits[:7]):
        return False
    total = weighted(digits[:7], _VAT_WEIGHTS) + 10 * digits[7] + digits[8]
    return total % 97 == 0 or (total + _VAT_SHIFT) % 97 == 0


def is_employer_reference(text: str) -> bool:
    """Check the shape of a PAYE reference: a tax office, which is never 000, and the employer's part."""
    match = _EMPLOYER.fullmatch(text)
    return match is not None and match["office"] != "000"


@validator("utr")
def utr(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept taxpayer references whose first digit fits."""
    return verdict_of(is_utr(value.decode("latin-1")), "check digit of a taxpayer reference")


@validator("hmrc-agent-reference")
def agent_reference(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept agent references whose first letter fits."""
    return verdict_of(is_agent_reference(value.decode("latin-1")))


@validator("hmrc-subscription")
def subscription(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept subscription ids whose second letter fits."""
    return verdict_of(is_subscription_reference(value.decode("latin-1")))


@validator("vat-gb")
def vat(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept VAT numbers of traders whose last two digits fit."""
    return verdict_of(is_vat_number(value.decode("latin-1")))


@validator("paye-reference")
def paye(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept employer references of a tax office that can exist."""
    return verdict_of(is_employer_reference(value.decode("latin-1")), sure=False)
