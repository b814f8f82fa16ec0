"""Seeds of NATS keys carry a checksum; secrets of one-time passwords look drawn."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detection.validation import VALIDATORS, Context, Verdict
from auditor.detection.validators.base32 import crc16


def verdict(name: str, value: bytes) -> Verdict:
    return VALIDATORS[name](value, Context(value, 0, len(value))).verdict


def test_the_crc_is_the_one_of_xmodem() -> None:
    assert crc16(b"123456789") == 0x31C3


@given(st.binary(min_size=34, max_size=34), st.integers(0, 33))
def test_a_seed_with_its_checksum_is_valid_and_with_another_byte_is_not(raw: bytes, place: int) -> None:
    seed = base64.b32encode(raw + crc16(raw).to_bytes(2, "little")).rstrip(b"=")
    other = bytearray(raw)
    other[place] ^= 1
    altered = base64.b32encode(bytes(other) + crc16(raw).to_bytes(2, "little")).rstrip(b"=")
    assert verdict("base32-crc16", seed) is Verdict.VALID
    assert verdict("base32-crc16", altered) is Verdict.INVALID


@pytest.mark.parametrize(
    ("value", "expected"),
    [(b"QK3V7LW4N5ZTX2HB", Verdict.UNKNOWN), (b"EXAMPLEDEPARTMENT", Verdict.INVALID), (b"AAAA2222AAAA2222", Verdict.INVALID)],
)
def test_a_drawn_secret_is_told_from_words_and_filling(value: bytes, expected: Verdict) -> None:
    assert verdict("base32-secret", value) is expected
