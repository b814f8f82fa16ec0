"""Numbers of learners: the Unique Pupil Number of English schools and the Unique Learner Number of further education."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detection.checkdigits import MOD23_LETTERS, digits_of, weighted
from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_UPN: Final = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]")
_LOCAL_AUTHORITIES: Final = (
    *((201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384), (390, 394), (420, 420), (660, 681)),
    *((701, 708), (800, 803), (805, 808), (810, 813), (815, 816), (820, 823), (825, 826), (830, 831), (835, 841), (845, 846)),
    *((850, 852), (855, 857), (860, 861), (865, 896), (908, 909), (916, 916), (919, 919), (921, 921), (925, 926), (928, 929)),
    *((931, 931), (933, 933), (935, 943)),
)
_ULN_LENGTH: Final = 10


def upn_check_letter(rest: str) -> str:
    """Return the first letter of a pupil number from its other twelve characters: weights 2 to 13, modulus 23."""
    values = (int(c) if c.isdigit() else MOD23_LETTERS.index(c) for c in rest)
    return MOD23_LETTERS[weighted(values, range(2, 14)) % 23]


def is_upn(text: str) -> bool:
    """Check letter, shape and the number of a local authority that exists or existed."""
    number = text.upper()
    if not _UPN.fullmatch(number) or upn_check_letter(number[1:]) != number[0]:
        return False
    return any(first <= int(number[1:4]) <= last for first, last in _LOCAL_AUTHORITIES)


def is_uln(text: str) -> bool:
    """Check a learner number: weights 10 to 2, ten less the remainder by eleven, where a remainder of 0 is never issued."""
    digits = digits_of(text)
    if len(digits) != _ULN_LENGTH or digits[0] == 0 or len(set(digits)) == 1:
        return False
    remainder = weighted(digits[:9], range(10, 1, -1)) % 11
    return remainder != 0 and 10 - remainder == digits[9]


@validator("upn")
def upn(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept pupil numbers with a right letter and a local authority that exists."""
    return verdict_of(is_upn(value.decode("latin-1")), "check letter of a pupil number")


@validator("uln")
def uln(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept learner numbers with a right last digit."""
    return verdict_of(is_uln(value.decode("latin-1")), "check digit of a learner number")
