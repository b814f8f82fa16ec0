"""Numbers of patients: NHS number, Scottish CHI number, Northern Irish Health and Care number.

All three have ten digits and the same check digit; the ranges tell them apart, and tell real ones from test data.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Final

from auditor.detection.checkdigits import digits_of, weighted
from auditor.detection.validation import INVALID, validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_LENGTH: Final = 10
_WEIGHTS: Final = range(10, 1, -1)
_SAMPLES: Final = frozenset({"9434765919", "9876543210", "9876543218", "4010232137", "4505577104", "1234567881"})
_PIVOT: Final = 1950


class Holder(Enum):
    """Whose number it would be."""

    NHS = "NHS number"
    CHI = "CHI number"
    HEALTH_AND_CARE = "Health and Care number"
    TEST = "test number"


def check_digit_fits(text: str) -> bool:
    """Check the tenth digit: weights 10 to 2, modulus 11, where 10 is never issued."""
    digits = digits_of(text)
    if len(digits) != _LENGTH:
        return False
    expected = 11 - weighted(digits[:9], _WEIGHTS) % 11
    return (0 if expected == 11 else expected) == digits[9]  # noqa: PLR2004  the modulus


def holder(text: str) -> Holder | None:
    """Say whose number this can be, or None where the check digit is wrong or the range was never issued."""
    if not check_digit_fits(text):
        return None
    number = "".join(map(str, digits_of(text)))
    if number in _SAMPLES or len(set(number)) == 1 or number[0] == "9":
        # 999 is reserved for tests; the integration environments hand out 90x to 97x, which is issued to nobody.
        return Holder.TEST
    if number[0] in "4678":
        return Holder.NHS
    if number[0] == "3" and number >= "3113000000":
        return Holder.HEALTH_AND_CARE if number >= "3200000010" else Holder.NHS
    return Holder.CHI if _starts_with_birth_date(number) else None


def _starts_with_birth_date(number: str) -> bool:
    """A CHI number begins with the day, month and year of birth."""
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    try:
        date(_PIVOT // 100 * 100 + year, month, day)
    except ValueError:
        return (day, month) == (29, 2) and year == 0  # 29 February 2000, which 1900 did not have
    return True


@validator("nhs-number")
def nhs_number(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept numbers with a right check digit in a range that is issued to patients."""
    found = holder(value.decode("latin-1"))
    if found is None or found is Holder.TEST:
        return INVALID
    return verdict_of(fits=True, note=f"check digit and range of a {found.value}")


@validator("nhs-test-number")
def nhs_test_number(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept numbers with a right check digit in the ranges that are kept for tests."""
    return verdict_of(holder(value.decode("latin-1")) is Holder.TEST, "a range that is never issued to a patient")
