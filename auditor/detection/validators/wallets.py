"""Keys of wallets and accounts that end with a checksum of themselves: base58check and bech32."""

from __future__ import annotations

import hashlib
from typing import Final

from auditor.detection.validation import INVALID, Answer, Context, validator, verdict_of

_BASE58: Final = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58_SIZE: Final = len(_BASE58)
_CHECK: Final = 4
_BECH32: Final = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_CHECK: Final = 6
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_ENDINGS: Final = frozenset({1, 0x2BC830A3})
"""What the checksum comes to: in bech32 (BIP 173), and in bech32m (BIP 350)."""


@validator("base58check")
def base58check(value: bytes, _context: Context) -> Answer:
    """Check the last four bytes: the beginning of SHA-256, taken twice, of what stands before them."""
    number = 0
    for character in value:
        digit = _BASE58.find(character)
        if digit < 0:
            return INVALID
        number = number * _BASE58_SIZE + digit
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    body, check = raw[:-_CHECK], raw[-_CHECK:]
    return verdict_of(hashlib.sha256(hashlib.sha256(body).digest()).digest()[:_CHECK] == check)


@validator("bech32")
def bech32(value: bytes, _context: Context) -> Answer:
    """Check the last six characters against the others, the readable part in front among them (BIP 173, BIP 350); capitals too."""
    front, _, rest = (value.lower() if value.isupper() else value).rpartition(b"1")
    digits = [_BECH32.find(character) for character in rest]
    if not front or len(digits) < _BECH32_CHECK or min(digits) < 0:
        return INVALID
    check = 1
    for digit in (*(byte >> 5 for byte in front), 0, *(byte & 31 for byte in front), *digits):
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ digit
        for place, factor in enumerate(_GENERATOR):
            check ^= factor if top >> place & 1 else 0
    return verdict_of(check in _ENDINGS)
