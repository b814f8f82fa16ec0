"""Numbers of persons in the United States: social security numbers and taxpayer numbers, by what is never issued."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detection.checkdigits import all_same_or_run, digits_of
from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_SHAPE: Final = re.compile(r"(?P<area>\d{3})[- ]?(?P<group>\d{2})[- ]?(?P<serial>\d{4})")
_NEVER: Final = frozenset({"000", "666"})
_PUBLISHED: Final = frozenset({"078051120", "219099999", "457555462", "123456789", "987654320"})
_RUN: Final = 5


def is_ssn(text: str) -> bool:
    """Tell whether the number can have been issued: area, group and serial that exist, none that was printed in advertisements."""
    match = _SHAPE.fullmatch(text)
    if match is None or "".join(match.groups()) in _PUBLISHED:
        return False
    area = match["area"]
    return (
        area not in _NEVER
        and area < "900"
        and match["group"] != "00"
        and match["serial"] != "0000"
        and not all_same_or_run(digits_of(text), _RUN)
        and any(len(set(part)) > 1 for part in match.groups())
    )


def is_itin(text: str) -> bool:
    """Tell whether it can be an individual taxpayer number: 9xx and a group from 50 to 99 that is in use."""
    match = _SHAPE.fullmatch(text)
    if match is None or not match["area"].startswith("9"):
        return False
    group = int(match["group"])
    return 50 <= group <= 65 or 70 <= group <= 88 or 90 <= group <= 92 or 94 <= group <= 99  # noqa: PLR2004  the groups of the IRS


@validator("us-ssn")
def ssn(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept numbers that can have been issued."""
    return verdict_of(is_ssn(value.decode("latin-1")), "area, group and serial that are issued")


@validator("us-itin")
def itin(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept numbers of the taxpayers' range."""
    return verdict_of(is_itin(value.decode("latin-1")))
