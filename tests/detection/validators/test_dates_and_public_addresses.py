from __future__ import annotations

import pytest

from auditor.detection.validation import Context, Verdict
from auditor.detection.validators.birth_date import birth_date, is_birth_date
from auditor.detection.validators.network_place import public_address


@pytest.mark.parametrize("text", ["1974-08-19", "19/08/1974", "9.8.1974", "29-02-2000"])
def test_days_on_which_somebody_was_born(text: str) -> None:
    assert is_birth_date(text)


@pytest.mark.parametrize("text", ["1980-01-01", "01/01/1990", "29-02-1999", "1900-03-04", "31/11/1974", "11/11/1911", "1974", "x"])
def test_days_that_are_none_or_made_up(text: str) -> None:
    assert not is_birth_date(text)


def test_the_date_beside_a_value_decides() -> None:
    value, window = b"LS17 8QT", b"dob: 1980-01-01, postcode: LS17 8QT"
    start = window.index(value)
    made_up = Context(window, start, start + len(value), {"born": b"1980-01-01"})
    assert birth_date(value, made_up).verdict is Verdict.INVALID
    assert birth_date(b"1974-08-19", Context(b"1974-08-19", 0, 10)).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("address", "routed"),
    [
        (b"185.73.41.16/28", True),
        (b"203.0.113.0/24", False),
        (b"198.51.100.7/32", False),
        (b"10.1.2.0/24", False),
        (b"127.0.0.1/32", False),
        (b"169.254.169.254/32", False),
        (b"224.0.0.5/32", False),
        (b"300.1.1.1/32", False),
    ],
)
def test_only_networks_that_are_routed_are_public(address: bytes, routed: bool) -> None:  # noqa: FBT001  what each case expects
    answer = public_address(address, Context(address, 0, len(address), {"address": address}))
    assert (answer.verdict is not Verdict.INVALID) is routed
