"""Secrets in base 32: the seeds of NATS and Stellar keys, which end with a checksum, and the secrets of one-time passwords."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from auditor.detection.rarity import is_words
from auditor.detection.validation import INVALID, UNKNOWN, Answer, Context, validator, verdict_of

_POLYNOMIAL: Final = 0x1021
_TOP_BIT: Final = 0x8000
_CHECK_BYTES: Final = 2
_VARIETY: Final = 7


def crc16(data: bytes) -> int:
    """Return the CRC-16 of the XMODEM protocol."""
    value = 0
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ _POLYNOMIAL if value & _TOP_BIT else value << 1) & 0xFFFF
    return value


@validator("base32-crc16")
def base32_crc16(value: bytes, _context: Context) -> Answer:
    """Check the last two bytes: the CRC-16 of what stands before them, lowest byte first (nkeys; SEP 23)."""
    try:
        raw = base64.b32decode(value + b"=" * (-len(value) % 8))
    except binascii.Error:
        return INVALID
    return verdict_of(crc16(raw[:-_CHECK_BYTES]).to_bytes(_CHECK_BYTES, "little") == raw[-_CHECK_BYTES:])


@validator("base32-secret")
def base32_secret(value: bytes, _context: Context) -> Answer:
    """Take what could have been drawn from the alphabet of base 32; words in capitals are not."""
    if len(set(value)) < _VARIETY or not any(character in b"234567" for character in value):
        return INVALID
    return INVALID if is_words(value.decode("ascii").title()) else UNKNOWN
