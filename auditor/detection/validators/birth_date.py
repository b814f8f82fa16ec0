"""Birth dates: days that exist, on which somebody alive can have been born, and that are not the ones that people invent."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_YEAR_FIRST: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_DAY_FIRST: Final = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")
_OLDEST: Final = 1905


def is_birth_date(text: str) -> bool:
    """Tell whether a date can be a person's: it exists, and is neither the first of January nor a day, month and year alike."""
    match = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if match is None:
        return False
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return year > _OLDEST and (day, month) != (1, 1) and not day == month == year % 100


@validator("birth-date")
def birth_date(value: bytes, context: Context) -> Answer:
    """Accept what stands beside a birth date, or is one."""
    return verdict_of(is_birth_date(context.groups.get("born", value).decode("latin-1")), sure=False)
