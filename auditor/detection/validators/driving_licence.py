"""The driver number of Great Britain: sixteen characters made of surname, birth date and initials."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING, Final

from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_SHAPE: Final = re.compile(
    r"(?P<name>[A-Z]{5}|[A-Z]{1,4}9{1,4})(?P<decade>\d)(?P<month>[0156]\d)(?P<day>\d{2})(?P<year>\d)"
    r"(?P<initials>[A-Z][A-Z9]|99)(?P<check>[A-HJ-NP-Z2-9][A-Z]{2})"
)
_NAME_LENGTH: Final = 5
_FEMALE: Final = 50
_LEAP_YEAR: Final = 2000
_MONTHS: Final = range(1, 13)
_SAMPLES: Final = frozenset({"MORGA753116SM9IJ", "MORGA657054SM9IJ", "MORGA657054SM9BF"})


def is_driver_number(text: str) -> bool:
    """Check padding, month (50 added for women) and day; how the last three are computed is not published."""
    match = _SHAPE.fullmatch(text.upper()[:16])
    if match is None or len(match["name"]) != _NAME_LENGTH or "9" in match["name"].rstrip("9"):
        return False
    month = int(match["month"])
    month -= _FEMALE if month > _FEMALE else 0
    return month in _MONTHS and 1 <= int(match["day"]) <= calendar.monthrange(_LEAP_YEAR, month)[1]


def is_published_sample(text: str) -> bool:
    """Tell whether it is the specimen that DVLA prints."""
    return text.upper()[:16] in _SAMPLES or text.upper().startswith("MORGA")


@validator("gb-driver-number")
def driver_number(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept driver numbers whose date and padding fit, other than the specimen."""
    return verdict_of(is_driver_number(value.decode("latin-1")) and not is_published_sample(value.decode("latin-1")))


@validator("gb-driver-sample")
def driver_sample(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept the specimen that DVLA prints."""
    return verdict_of(is_published_sample(value.decode("latin-1")))
