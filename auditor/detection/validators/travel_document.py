"""Machine-readable zones of passports, visas and identity cards, by the check digits of ICAO 9303."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detection.checkdigits import icao_check
from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_PASSPORT: Final = re.compile(
    r"(?P<number>[A-Z0-9<]{9})(?P<c1>\d)(?P<nation>[A-Z<]{3})(?P<born>\d{6})(?P<c2>\d)(?P<sex>[MFX<])(?P<until>\d{6})(?P<c3>\d)"
    r"(?P<optional>[A-Z0-9<]{14})(?P<c4>[\d<])(?P<c5>\d)"
)
_CARD: Final = re.compile(
    r"(?P<number>[A-Z0-9<]{9})(?P<c1>[\d<])(?P<nation>[A-Z<]{3})(?P<born>\d{6})(?P<c2>\d)(?P<sex>[MFX<])(?P<until>\d{6})(?P<c3>\d)"
)
SPECIMEN_STATES: Final = frozenset({"UTO", "XXX", "D<<UTO"})
"""Utopia is the state that the specimens of ICAO belong to."""


def passport_line_fits(line: str) -> bool:
    """Check the second line of a passport: number, birth, expiry, and the composite digit over all three."""
    match = _PASSPORT.fullmatch(line)
    if match is None:
        return False
    composite = line[0:10] + line[13:20] + line[21:43]
    fields = ((match["number"], match["c1"]), (match["born"], match["c2"]), (match["until"], match["c3"]), (composite, match["c5"]))
    return all(icao_check(value) == int(digit) for value, digit in fields)


def card_line_fits(line: str) -> bool:
    """Check birth and expiry of the second line of a small identity card, or of a 36 character document."""
    match = re.fullmatch(r"(\d{6})(\d)[MFX<](\d{6})(\d)[A-Z<]{3}[A-Z0-9<]{11}\d", line)
    return match is not None and icao_check(match[1]) == int(match[2]) and icao_check(match[3]) == int(match[4])


def is_specimen(line: str) -> bool:
    """Tell whether the document is of a state that does not exist."""
    match = _CARD.match(line)
    return match is not None and match["nation"] in SPECIMEN_STATES


@validator("mrz-passport")
def mrz_passport(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept second lines of passports whose check digits all fit, other than specimens."""
    return verdict_of(
        passport_line_fits(value.decode("latin-1")) and not is_specimen(value.decode("latin-1")),
        "check digits of a machine-readable passport",
    )


@validator("mrz-card")
def mrz_card(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept second lines of identity cards whose check digits fit, other than specimens."""
    return verdict_of(card_line_fits(value.decode("latin-1")) and b"UTO" not in value, "check digits of a machine-readable card")


@validator("mrz-specimen")
def mrz_specimen(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept passport lines of the state that only specimens have."""
    return verdict_of(passport_line_fits(value.decode("latin-1")) and is_specimen(value.decode("latin-1")))
