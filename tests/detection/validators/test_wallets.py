from __future__ import annotations

import base64
import hashlib

import pytest

from auditor.detection.validation import Context, Verdict
from auditor.detection.validators.base32 import base32_crc16, crc16
from auditor.detection.validators.wallets import base58check, bech32

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_NOWHERE = Context(b"", 0, 0)


def base58(body: bytes) -> bytes:
    number = int.from_bytes(body + hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4], "big")
    text = ""
    while number:
        number, digit = divmod(number, 58)
        text = _BASE58[digit] + text
    return text.encode()


def other(value: bytes, place: int) -> bytes:
    """Change one character into another that the alphabets of all these formats hold."""
    return value[:place] + (b"3" if value[place : place + 1] != b"3" else b"4") + value[place + 1 :]


def test_a_private_key_in_base_58_has_its_checksum() -> None:
    key = base58(b"\x80" + hashlib.sha256(b"a").digest() + b"\x01")
    assert base58check(key, _NOWHERE).verdict is Verdict.VALID
    assert base58check(other(key, 20), _NOWHERE).verdict is Verdict.INVALID
    assert base58check(key[:-1] + b"0", _NOWHERE).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    "value",
    [
        # Of BIP 173 and BIP 350, which publish them as valid; none is a key.
        b"an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        b"abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        b"abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
    ],
)
def test_bech32_holds_what_its_descriptions_publish(value: bytes) -> None:
    assert bech32(value, _NOWHERE).verdict is Verdict.VALID
    assert bech32(other(value, len(value) - 3), _NOWHERE).verdict is Verdict.INVALID


@pytest.mark.parametrize("value", [b"nsec1", b"1qpzry9x8gf2", b"nsec1bbbbbbbbbbbb"])
def test_what_is_not_bech32_is_none(value: bytes) -> None:
    assert bech32(value, _NOWHERE).verdict is Verdict.INVALID


def test_a_seed_of_stellar_has_its_checksum() -> None:
    raw = bytes([18 << 3]) + hashlib.sha256(b"a").digest()
    seed = base64.b32encode(raw + crc16(raw).to_bytes(2, "little"))
    assert base32_crc16(seed, _NOWHERE).verdict is Verdict.VALID
    assert base32_crc16(other(seed, 30), _NOWHERE).verdict is Verdict.INVALID
    assert base32_crc16(b"S1", _NOWHERE).verdict is Verdict.INVALID
