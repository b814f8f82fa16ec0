"""Payment card numbers: issuer range, length and Luhn digit; the numbers that payment providers publish for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.detection.checkdigits import all_same_or_run, digits_of, luhn
from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_RANGES: Final = (
    # first digits from, to, lengths
    (("4", "4"), (13, 16, 19)),
    (("51", "55"), (16,)),
    (("2221", "2720"), (16,)),
    (("34", "34"), (15,)),
    (("37", "37"), (15,)),
    (("300", "305"), (14, 16)),
    (("36", "36"), (14,)),
    (("38", "39"), (14, 16)),
    (("6011", "6011"), (16, 19)),
    (("644", "659"), (16, 19)),
    (("3528", "3589"), (16, 19)),
    (("62", "62"), (16, 17, 18, 19)),
    (("5018", "5018"), (16, 18, 19)),
    (("5020", "5020"), (16, 18, 19)),
    (("6304", "6304"), (16, 18, 19)),
    (("6759", "6763"), (16, 18, 19)),
)
_TEST_STARTS: Final = ("40000", "424242", "411111", "444433", "555555", "510510", "401288", "401200", "222300", "378282", "371449")
_TEST_NUMBERS: Final = frozenset(
    {
        "4917610000000000",
        "4988438843884305",
        "4166676667666746",
        "4646464646464644",
        "4000620000000007",
        "4001590000000001",
        "4462030000000000",
        "4484070000000000",
        "4917300800000000",
        "4911830000000",
        "4900000000000003",
        "4543474002249996",
        "4539791001730106",
        "4539578763621486",
        "4716177790418234",
        "4462000000000003",
        "4508750015741019",
        "4005519200000004",
        "4009348888881881",
        "4012000033330026",
        "4012000077777777",
        "4217651111111119",
        "4500600000000061",
        "4532015112830366",
        "4929939187355598",
        "4485383550284604",
        "4532307841419094",
        "4716014929481859",
        "4539677496449015",
        "4129939187355598",
        "2221000000000009",
        "2223003122003222",
        "2222400070000005",
        "2222410740360010",
        "5100290029002909",
        "5577000055770004",
        "5136333333333335",
        "5585558555855583",
        "5101180000000007",
        "5454545454545454",
        "5436031030606378",
        "5500000000000004",
        "5200828282828210",
        "5105105105105100",
        "5399999999999999",
        "5424000000000015",
        "5457623898234113",
        "5496198584584769",
        "5425233430109903",
        "5425233510341099",
        "5399838383838381",
        "5200000000000007",
        "5019717010103742",
        "6011111111111117",
        "6011000990139424",
        "6011000000000004",
        "6011601160116611",
        "6445644564456445",
        "6759649826438453",
        "6761000000000006",
        "6762000000000000",
        "6304000000000000",
        "6200000000000005",
        "30569309025904",
        "38520000023237",
        "36006666333344",
        "36700102000000",
        "36148900647913",
        "3566002020360505",
        "3530111333300000",
        "3528000700000000",
        "3569990010095841",
        "343434343434343",
        "341111597241002",
        "370000000000002",
        "370000000100018",
        "374101000000608",
        "371144371144376",
        "378734493671000",
        "374111111111111",
        "371111111111114",
    }
)
_ZEROS: Final = "000000"
_FEW_KINDS: Final = 3
_RUN: Final = 7


def is_card_number(text: str) -> bool:
    """Check that an issuer uses this range with this length, and the Luhn digit."""
    number = "".join(map(str, digits_of(text)))
    for (first, last), lengths in _RANGES:
        if len(number) in lengths and first <= number[: len(first)] <= last:
            return luhn(number)
    return False


def is_test_card(text: str) -> bool:
    """Tell whether the number is published for tests, or has the look of one: few digits, long runs, many zeros."""
    digits = digits_of(text)
    number = "".join(map(str, digits))
    return (
        number in _TEST_NUMBERS
        or number.startswith(_TEST_STARTS)
        or _ZEROS in number
        or len(set(digits)) <= _FEW_KINDS
        or all_same_or_run(digits, _RUN)
    )


@validator("payment-card")
def payment_card(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept card numbers of an issuer with a right Luhn digit, other than test numbers."""
    return verdict_of(
        is_card_number(value.decode("latin-1")) and not is_test_card(value.decode("latin-1")), "issuer range and Luhn digit"
    )


@validator("payment-card-test")
def payment_card_test(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept card numbers that are published for tests or look made up."""
    return verdict_of(is_card_number(value.decode("latin-1")) and is_test_card(value.decode("latin-1")))
