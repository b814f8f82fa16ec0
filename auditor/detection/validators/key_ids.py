"""Keys whose parts say to whom they belong: ids of AWS keys name their account, tokens of PyPI the index that accepts them."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from auditor.detection.validation import UNKNOWN, VALID, Answer, Context, Verdict, validator
from auditor.model.levels import Confidence

_BASE_32: Final = re.compile(rb"[A-Z2-7]{20}")
_NO_KEY: Final = Answer(Verdict.UNKNOWN, "no id that AWS gives: it has a sign which base 32 has not", confidence=Confidence.LOW)
_ACCOUNT_BITS: Final = 40
_ACCOUNTS: Final = 10**12
_SHOWN: Final = 10**4
_MACAROON: Final = b"\x02\x01"
"""Version two, and the field that holds the location (libmacaroons, doc/format.txt)."""
_HOST: Final = re.compile(rb"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_NO_MACAROON: Final = Answer(Verdict.UNKNOWN, "not the macaroon that a token of PyPI is", confidence=Confidence.MEDIUM)


@validator("aws-key-id")
def aws_key_id(value: bytes, _context: Context) -> Answer:
    """Read the account out of the id of a key: behind four letters stand ten bytes in base 32.

    The first bit says that it is an id of the newer kind, the next forty are the number of the account. Only its end is told: the
    owner knows it by that (WithSecure Labs, A bitwise analysis of AWS access key identifiers).
    """
    if not _BASE_32.fullmatch(value):
        return _NO_KEY
    bits = int.from_bytes(base64.b32decode(value[4:])[:6], "big") >> 7
    is_newer, account = divmod(bits, 1 << _ACCOUNT_BITS)
    if not is_newer or account >= _ACCOUNTS:
        return UNKNOWN
    return Answer(Verdict.UNKNOWN, f"of the AWS account that ends in {account % _SHOWN:04}")


@validator("pypi-macaroon")
def pypi_macaroon(value: bytes, _context: Context) -> Answer:
    """Read the beginning of the macaroon behind `pypi-`: its location is the name of an index."""
    body = value.partition(b"-")[2]
    try:
        raw = base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4))
    except binascii.Error:
        return _NO_MACAROON
    location = raw[3 : 3 + raw[2]] if raw.startswith(_MACAROON) else b""
    return VALID if _HOST.fullmatch(location) else _NO_MACAROON
