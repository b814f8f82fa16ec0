"""Personal identification numbers of European states, each by its own check."""

# ruff: noqa: PLR2004  lengths, months and check values are the published definition of each number

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from auditor.detection.checkdigits import digits_of, luhn, mod11_10, weighted
from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.detection.validation import Answer, Context

_DNI: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_PPS: Final = "WABCDEFGHIJKLMNOPQRSTUV"
_HETU: Final = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_ODD: Final = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            1,
            0,
            5,
            7,
            9,
            13,
            15,
            17,
            19,
            21,
            1,
            0,
            5,
            7,
            9,
            13,
            15,
            17,
            19,
            21,
            2,
            4,
            18,
            20,
            11,
            3,
            6,
            8,
            12,
            14,
            16,
            10,
            22,
            25,
            24,
            23,
        ),
        strict=True,
    )
)
_CODICE: Final = re.compile(r"[A-Z]{6}[\dLMNP-V]{2}[ABCDEHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]")
_THRICE: Final = 3


def is_steuer_id(text: str) -> bool:
    """German tax id: eleven digits, MOD 11,10; among the first ten one digit comes twice or thrice."""
    digits = digits_of(text)
    most = max(Counter(digits[:10]).values(), default=0)
    return len(digits) == 11 and digits[0] != 0 and 2 <= most <= _THRICE and mod11_10(digits)


def is_nir(text: str) -> bool:
    """French social security number: thirteen characters and a key of 97 less the remainder; 2A and 2B are Corsica."""
    number = re.sub(r"[ .]", "", text).upper()
    if not re.fullmatch(r"[1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{6}\d{2}", number):
        return False
    body = number[:13].replace("2A", "19").replace("2B", "18")
    return 97 - int(body) % 97 == int(number[13:])


def is_codice_fiscale(text: str) -> bool:
    """Italian tax code: sixteen characters, the last from two tables for odd and even places."""
    number = text.upper()
    if not _CODICE.fullmatch(number):
        return False
    total = sum(_ODD[c] for c in number[:15:2]) + sum(int(c) if c.isdigit() else ord(c) - ord("A") for c in number[1:15:2])
    return chr(ord("A") + total % 26) == number[15]


def is_dni(text: str) -> bool:
    """Spanish identity or foreigner's number: eight digits (X, Y, Z count 0, 1, 2) and a letter modulus 23."""
    number = re.sub(r"[ .-]", "", text).upper()
    if not re.fullmatch(r"[XYZ\d]\d{7}[A-Z]", number):
        return False
    return _DNI[int(number[:8].translate(str.maketrans("XYZ", "012"))) % 23] == number[8]


def is_bsn(text: str) -> bool:
    """Dutch citizen service number: weights 9 to 2 and -1, divisible by 11."""
    digits = digits_of(text)
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return len(digits) == 9 and len(set(digits)) > 1 and weighted(digits, weights) % 11 == 0


def is_pesel(text: str) -> bool:
    """Polish PESEL: weights 1, 3, 7, 9, modulus 10, a birth date whose month carries the century."""
    digits = digits_of(text)
    if len(digits) != 11 or (10 - weighted(digits[:10], (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10) % 10 != digits[10]:
        return False
    month = (digits[2] * 10 + digits[3]) % 20
    return 1 <= month <= 12 and 1 <= digits[4] * 10 + digits[5] <= 31


def is_belgian(text: str) -> bool:
    """Belgian national number: 97 less the remainder of nine digits, with a 2 in front for births from 2000."""
    digits = "".join(map(str, digits_of(text)))
    if len(digits) != 11 or not 1 <= int(digits[2:4]) % 20 <= 12:
        return False
    return any(97 - int(lead + digits[:9]) % 97 == int(digits[9:]) for lead in ("", "2"))


def is_hetu(text: str) -> bool:
    """Finnish personal identity code: birth date and three digits, modulus 31."""
    number = text.upper()
    if not re.fullmatch(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", number) or not _is_date(number[:6]):
        return False
    return _HETU[int(number[:6] + number[7:10]) % 31] == number[10] and int(number[7:10]) < 900  # 900 and above are for tests


def is_personnummer(text: str) -> bool:
    """Swedish personal number: birth date and four digits, the last ten with a Luhn digit."""
    digits = "".join(map(str, digits_of(text)))[-10:]
    return len(digits) == 10 and 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31 and luhn(digits)


def is_fodselsnummer(text: str) -> bool:
    """Norwegian birth number: two check digits modulus 11."""
    digits = digits_of(text)
    if len(digits) != 11 or not _is_date("".join(map(str, [digits[0] % 4, *digits[1:6]]))):
        return False
    first = -weighted(digits[:9], (3, 7, 6, 1, 8, 9, 4, 5, 2)) % 11
    second = -weighted(digits[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return [first, second] == digits[9:]


def is_pps(text: str) -> bool:
    """Irish personal public service number: weights 8 to 2, a second letter counts nine times, modulus 23."""
    number = text.upper()
    if not re.fullmatch(r"\d{7}[A-W][A-IW]?", number):
        return False
    extra = 0 if number[8:] in {"", "W"} else ord(number[8]) - ord("A") + 1
    return _PPS[(weighted(digits_of(number[:7]), range(8, 1, -1)) + 9 * extra) % 23] == number[7]


def is_nif_portugal(text: str) -> bool:
    """Portuguese tax number of a person: weights 9 to 2, modulus 11."""
    digits = digits_of(text)
    if len(digits) != 9 or digits[0] not in {1, 2, 3}:
        return False
    rest = weighted(digits[:8], range(9, 1, -1)) % 11
    return digits[8] == (0 if rest < 2 else 11 - rest)


def is_svnr(text: str) -> bool:
    """Austrian insurance number: a serial number, its check digit, a birth date."""
    digits = digits_of(text)
    if len(digits) != 10 or digits[0] == 0:
        return False
    return weighted(digits[:3] + digits[4:], (3, 7, 9, 5, 8, 4, 2, 1, 6)) % 11 == digits[3]


def is_rodne_cislo(text: str) -> bool:
    """Czech and Slovak birth number of ten digits: divisible by 11, the month of women plus 50."""
    digits = digits_of(text)
    if len(digits) != 10:
        return False
    month = (digits[2] * 10 + digits[3]) % 50 % 20
    return 1 <= month <= 12 and int("".join(map(str, digits))) % 11 == 0


def is_cnp(text: str) -> bool:
    """Romanian personal code: thirteen digits, weights 2 7 9 1 4 6 3 5 8 2 7 9, modulus 11, where 10 is written 1."""
    digits = digits_of(text)
    if len(digits) != 13 or digits[0] == 0 or not 1 <= digits[3] * 10 + digits[4] <= 12:
        return False
    rest = weighted(digits[:12], (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return digits[12] == (1 if rest == 10 else rest)


def is_egn(text: str) -> bool:
    """Bulgarian citizen number: weights 2 4 8 5 10 9 7 3 6, modulus 11, then modulus 10."""
    digits = digits_of(text)
    if len(digits) != 10 or not 1 <= (digits[2] * 10 + digits[3]) % 20 <= 12:
        return False
    return weighted(digits[:9], (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10 == digits[9]


def is_oib(text: str) -> bool:
    """Croatian personal number: eleven digits, MOD 11,10."""
    digits = digits_of(text)
    return len(digits) == 11 and len(set(digits)) > 1 and mod11_10(digits)


def is_baltic(text: str) -> bool:
    """Estonian and Lithuanian personal code: century, birth date, two rounds of weights modulus 11."""
    digits = digits_of(text)
    if len(digits) != 11 or not 1 <= digits[0] <= 8 or not 1 <= digits[3] * 10 + digits[4] <= 12:
        return False
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 1), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)):
        rest = weighted(digits[:10], weights) % 11
        if rest < 10:
            return rest == digits[10]
    return digits[10] == 0


def is_amka(text: str) -> bool:
    """Greek social security number: birth date and a Luhn digit."""
    digits = "".join(map(str, digits_of(text)))
    return len(digits) == 11 and _is_date(digits[:6]) and luhn(digits)


def _is_date(ddmmyy: str) -> bool:
    try:
        date(2000 + int(ddmmyy[4:]), int(ddmmyy[2:4]), int(ddmmyy[:2]))
    except ValueError:
        return False
    return True


CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "de-steuer-id": is_steuer_id,
    "fr-nir": is_nir,
    "it-codice-fiscale": is_codice_fiscale,
    "es-dni": is_dni,
    "nl-bsn": is_bsn,
    "pl-pesel": is_pesel,
    "be-national-number": is_belgian,
    "fi-hetu": is_hetu,
    "se-personnummer": is_personnummer,
    "no-fodselsnummer": is_fodselsnummer,
    "ie-pps": is_pps,
    "pt-nif": is_nif_portugal,
    "at-svnr": is_svnr,
    "cz-rodne-cislo": is_rodne_cislo,
    "ro-cnp": is_cnp,
    "bg-egn": is_egn,
    "hr-oib": is_oib,
    "baltic-code": is_baltic,
    "gr-amka": is_amka,
}


def _register(name: str, check: Callable[[str], bool]) -> None:
    @validator(name)
    def answer(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
        return verdict_of(check(value.decode("latin-1")), "check digit fits")


for _name, _check in CHECKS.items():
    _register(_name, _check)
