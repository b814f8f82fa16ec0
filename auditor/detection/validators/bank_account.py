"""Bank details: the IBAN by its check digits, and a British sort code by its shape and what it is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detection.checkdigits import iban_remainder
from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_IBAN_LENGTHS: Final = {
    "AD": 24,
    "AE": 23,
    "AL": 28,
    "AT": 20,
    "AZ": 28,
    "BA": 20,
    "BE": 16,
    "BG": 22,
    "BH": 22,
    "BR": 29,
    "BY": 28,
    "CH": 21,
    "CR": 22,
    "CY": 28,
    "CZ": 24,
    "DE": 22,
    "DK": 18,
    "DO": 28,
    "EE": 20,
    "EG": 29,
    "ES": 24,
    "FI": 18,
    "FO": 18,
    "FR": 27,
    "GB": 22,
    "GE": 22,
    "GI": 23,
    "GL": 18,
    "GR": 27,
    "GT": 28,
    "HR": 21,
    "HU": 28,
    "IE": 22,
    "IL": 23,
    "IQ": 23,
    "IS": 26,
    "IT": 27,
    "JO": 30,
    "KW": 30,
    "KZ": 20,
    "LB": 28,
    "LC": 32,
    "LI": 21,
    "LT": 20,
    "LU": 20,
    "LV": 21,
    "MC": 27,
    "MD": 24,
    "ME": 22,
    "MK": 19,
    "MR": 27,
    "MT": 31,
    "MU": 30,
    "NL": 18,
    "NO": 15,
    "PK": 24,
    "PL": 28,
    "PS": 29,
    "PT": 25,
    "QA": 29,
    "RO": 24,
    "RS": 22,
    "SA": 24,
    "SC": 31,
    "SE": 24,
    "SI": 19,
    "SK": 24,
    "SM": 27,
    "ST": 25,
    "SV": 28,
    "TL": 23,
    "TN": 24,
    "TR": 26,
    "UA": 29,
    "VA": 22,
    "VG": 24,
    "XK": 20,
}
_SAMPLE_IBANS: Final = frozenset(
    {
        "GB29NWBK60161331926819",
        "GB82WEST12345698765432",
        "GB33BUKB20201555555555",
        "GB94BARC10201530093459",
        "GB94BARC20201530093459",
        "GB24BKEN10000031510604",
        "GB15HBUK40127612345678",
        "GB98MIDL07009312345678",
        "GB15MIDL40051512345678",
        "DE89370400440532013000",
        "DE75512108001245126199",
        "DE91100000000123456789",
        "FR1420041010050500013M02606",
        "FR7630006000011234567890189",
        "ES9121000418450200051332",
        "ES7921000813610123456789",
        "IT60X0542811101000000123456",
        "NL91ABNA0417164300",
        "NL02ABNA0123456789",
        "BE68539007547034",
        "BE71096123456769",
        "IE29AIBK93115212345678",
        "IE64IRCE92050112345678",
        "CH9300762011623852957",
        "CH5604835012345678009",
        "AT611904300234573201",
        "AT483200000012345864",
        "PL61109010140000071219812874",
        "PL10105000997603123456789123",
        "SE4550000000058398257466",
        "SE7280000810340009783242",
        "NO9386011117947",
        "NO8330001234567",
        "DK5000400440116243",
        "DK9520000123456789",
        "FI2112345600000785",
        "FI1410093000123458",
        "PT50000201231234567890154",
        "PT50002700000001234567833",
        "GR1601101250000000012300695",
        "GR9608100010000001234567890",
        "LU280019400644750000",
        "LU120010001234567891",
    }
)
_SAMPLE_SORT_CODES: Final = frozenset(
    {"200000", "607080", "010203", "123456", "112233", "102030", "000000", "111111", "654321", "404040", "200415", "309950"}
)
_SAMPLE_ACCOUNTS: Final = frozenset(
    {"12345678", "01234567", "87654321", "55779911", "11223344", "12341234", "00012345", "55555555"}
)
_DAYS: Final = range(1, 32)
_MONTHS: Final = range(1, 13)


def is_iban(text: str) -> bool:
    """Check country, length and the remainder by 97."""
    number = re.sub(r"\s", "", text).upper()
    return _IBAN_LENGTHS.get(number[:2]) == len(number) and number.isalnum() and iban_remainder(number) == 1


def is_sample_iban(text: str) -> bool:
    """Tell whether registries and banks print this number as an example, or the account is one digit all through."""
    number = re.sub(r"\s", "", text).upper()
    return number in _SAMPLE_IBANS or len(set(number[-8:])) == 1 or number.endswith(("12345678", "123456789", "1234567890"))


def is_sort_code(text: str) -> bool:
    """Tell whether six digits in pairs can be a sort code rather than a date."""
    parts = re.findall(r"\d{2}", text)
    if len(parts) != 3 or parts == ["00", "00", "00"]:  # noqa: PLR2004  three pairs
        return False
    first, second, third = (int(part) for part in parts)
    return not (second in _MONTHS and (first in _DAYS or third in _DAYS))


def is_sample_account(sort_code: str, account: str) -> bool:
    """Tell whether this pair is one that documentation uses."""
    code, number = re.sub(r"\D", "", sort_code), re.sub(r"\D", "", account)
    return code in _SAMPLE_SORT_CODES or number in _SAMPLE_ACCOUNTS or len(set(number)) == 1


@validator("iban")
def iban(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept account numbers whose check digits fit, other than the published examples."""
    return verdict_of(is_iban(value.decode("latin-1")) and not is_sample_iban(value.decode("latin-1")), "IBAN check digits")


@validator("iban-sample")
def iban_sample(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept the account numbers that banks and registries print as examples."""
    return verdict_of(is_iban(value.decode("latin-1")) and is_sample_iban(value.decode("latin-1")))


@validator("sort-code-account")
def sort_code_account(value: bytes, context: Context) -> Answer:
    """Accept a sort code beside an account number; whether the pair exists only the bank's table could tell."""
    account = context.groups.get("account", b"").decode("latin-1")
    code = value.decode("latin-1")
    return verdict_of(is_sort_code(code) and not is_sample_account(code, account), sure=False)
