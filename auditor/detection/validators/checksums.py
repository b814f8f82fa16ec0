"""Tokens that end with a checksum of themselves.

GitHub, npm, GitLab and Grafana say which. Of Atlassian, Bitbucket, Canva, Cloudflare, SaladCloud and Vercel it is known from tokens
that were published as samples (Cloudflare says that there is one), so a token that does not fit is doubted and not let go.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from auditor.detection.validation import UNKNOWN, VALID, Answer, Context, Verdict, validator
from auditor.model.levels import Confidence

_ALPHABET: Final = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ALTERED: Final = Answer(Verdict.UNKNOWN, "its checksum is wrong: altered or made up", confidence=Confidence.LOW)
_DOUBTFUL: Final = Answer(Verdict.UNKNOWN, "its checksum is wrong: altered or made up", confidence=Confidence.MEDIUM)
_UNUSUAL: Final = Answer(Verdict.UNKNOWN, "not as long as such a token is", confidence=Confidence.MEDIUM)
_BASE36: Final = b"0123456789abcdefghijklmnopqrstuvwxyz"
_ROUTABLE: Final = re.compile(rb"[\w-]{27,300}\.01\.[0-9a-z]{9}")
_OLD_GITLAB: Final = 20
_SANCTUM: Final = 40
_SHAPE: Final = re.compile(rb"[A-Za-z]{2,4}_([A-Za-z0-9]{30})([A-Za-z0-9]{6})")
_LONGER: Final = re.compile(rb"[A-Za-z_]{2,26}_([A-Za-z0-9]{38,70})([A-Za-z0-9]{6})")
_HEX: Final = re.compile(rb"(.{20,320})([0-9A-Fa-f]{8})", re.DOTALL)


def base62(number: int, width: int = 6) -> bytes:
    """Write a number in base 62, digits before capitals before small letters, with leading zeros."""
    digits = bytearray()
    while number:
        number, rest = divmod(number, len(_ALPHABET))
        digits.append(_ALPHABET[rest])
    return bytes(digits[::-1]).rjust(width, b"0")


def _base62(value: bytes, shape: re.Pattern[bytes], wrong: Answer) -> Answer:
    found = shape.fullmatch(value)
    if found is None:
        return UNKNOWN
    return VALID if base62(zlib.crc32(found[1])) == found[2] else wrong


def _crc32(value: bytes, _context: Context) -> Answer:
    return _base62(value, _SHAPE, _ALTERED)


github = validator("github")(_crc32)
npm = validator("npm")(_crc32)
crc32_base62 = validator("crc32-base62")(_crc32)


@validator("crc32-base62-longer")
def crc32_base62_longer(value: bytes, _context: Context) -> Answer:
    """Check the last six signs: CRC-32 of what stands between them and the last underscore, in base 62."""
    return _base62(value, _LONGER, _DOUBTFUL)


@validator("crc32-hex")
def crc32_hex(value: bytes, _context: Context) -> Answer:
    """Check the last eight digits: CRC-32 in hexadecimal of all before them, a sign of equality among it however it is written."""
    found = _HEX.fullmatch(value.replace(b"\\=", b"=").replace(b"%3D", b"=").replace(b"%3d", b"="))
    if found is None:
        return UNKNOWN
    return VALID if b"%08x" % zlib.crc32(found[1]) == found[2].lower() else _DOUBTFUL


@validator("crc32-hex-of-body")
def crc32_hex_of_body(value: bytes, _context: Context) -> Answer:
    """Check the last eight digits: CRC-32 in hexadecimal of what stands between them and the first underscore."""
    body, checksum = value.partition(b"_")[2][:-8], value[-8:]
    return VALID if b"%08x" % zlib.crc32(body) == checksum.lower() else _DOUBTFUL


def base36(number: int, width: int) -> bytes:
    """Write a number in base 36, digits before small letters, with leading zeros."""
    digits = bytearray()
    while number:
        number, rest = divmod(number, len(_BASE36))
        digits.append(_BASE36[rest])
    return bytes(digits[::-1]).rjust(width, b"0")


@validator("gitlab")
def gitlab(value: bytes, _context: Context) -> Answer:
    """Check the routable form, which ends with CRC-32 of all before it in base 36; the older one has twenty characters."""
    if _ROUTABLE.fullmatch(value):
        return VALID if base36(zlib.crc32(value[:-7]), 7) == value[-7:] else _ALTERED
    _, _, rest = value.partition(b"-")
    return UNKNOWN if len(rest) == _OLD_GITLAB or b"." in rest else _UNUSUAL


@validator("grafana")
def grafana(value: bytes, _context: Context) -> Answer:
    """Check what follows the last underscore: CRC-32 of everything before it, lowest byte first, in hexadecimal."""
    key, _, checksum = value.rpartition(b"_")
    return VALID if zlib.crc32(key).to_bytes(4, "little").hex().encode() == checksum.lower() else _DOUBTFUL


@validator("sanctum")
def sanctum(value: bytes, _context: Context) -> Answer:
    """Check the eight digits behind the forty drawn ones: CRC-32 of these in hexadecimal; older tokens have none."""
    drawn, checksum = value.partition(b"|")[2][:_SANCTUM], value.partition(b"|")[2][_SANCTUM:]
    if not checksum:
        return UNKNOWN
    return VALID if b"%08x" % zlib.crc32(drawn) == checksum else _ALTERED
