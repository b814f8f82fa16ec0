"""References of the police and the courts: the Police National Computer's check letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_PNC: Final = re.compile(r"(?:19|20)?(?P<year>\d{2})/(?P<serial>\d{1,7})(?P<letter>[A-HJ-NP-RT-Z])")
_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"


def pnc_check_letter(year: str, serial: str) -> str:
    """Return the letter that ends a PNC id: two digits of the year and seven of the serial number, modulus 23."""
    return _LETTERS[int(year[-2:] + serial.rjust(7, "0")) % 23]


def is_pnc_id(text: str) -> bool:
    """Check the letter of a PNC id such as `00/123456X`."""
    match = _PNC.fullmatch(text.upper())
    return match is not None and pnc_check_letter(match["year"], match["serial"]) == match["letter"]


@validator("pnc-id")
def pnc_id(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept PNC ids whose letter fits."""
    return verdict_of(is_pnc_id(value.decode("latin-1")), "check letter of a PNC id")
