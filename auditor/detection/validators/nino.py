"""National Insurance numbers: prefixes that are issued, and numbers that nobody holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detection.checkdigits import all_same_or_run, digits_of
from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_SHAPE: Final = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]")
_NEVER_ISSUED: Final = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
_ADMINISTRATIVE: Final = frozenset({"OO", "CR", "FY", "MW", "NC", "PP", "PY", "PZ"})
_FEW_KINDS: Final = 2
_RUN: Final = 4
_STEPS: Final = frozenset({0, 1, 10, 11})
"""By how much each pair of made-up digits differs from the one before."""


def compact(text: str) -> str:
    """Return the nine characters without separators, in capitals."""
    return re.sub(r"[ \-.]", "", text).upper()


def has_issued_prefix(text: str) -> bool:
    """Tell whether the number could have been issued to a person, by HMRC's rules for prefix and suffix."""
    number = compact(text)
    return bool(_SHAPE.fullmatch(number)) and number[:2] not in _NEVER_ISSUED | _ADMINISTRATIVE


def is_invented(text: str) -> bool:
    """Tell whether the digits look made up: runs, repetitions, or pairs such as 12 12 12 and 11 22 33; a real one is random."""
    digits = digits_of(compact(text))
    first, second, third = (digits[place] * 10 + digits[place + 1] for place in (0, 2, 4))
    in_steps = first - second == second - third and abs(first - second) in _STEPS
    return len(set(digits)) <= _FEW_KINDS or in_steps or all_same_or_run(digits, _RUN)


@validator("nino")
def nino(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept numbers that could be a person's; those that are plainly made up belong to the rule for samples."""
    text = value.decode("latin-1")
    return verdict_of(has_issued_prefix(text) and not is_invented(text), "prefix that HMRC issues, digits that do not look made up")


@validator("nino-sample")
def nino_sample(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept numbers with an issued prefix whose digits are plainly made up."""
    text = value.decode("latin-1")
    return verdict_of(has_issued_prefix(text) and is_invented(text), "digits that look made up")
