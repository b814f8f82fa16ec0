"""JSON web tokens and keys: whether the parts can be read, and what they say of themselves."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any, Final

from auditor.detection.validation import INVALID, UNKNOWN, VALID, Answer, Context, Verdict, validator
from auditor.model.levels import Confidence, Severity

_PUBLIC_ISSUERS: Final = ("example.com", "example.org", "example.net")
_SAMPLE_SUBJECTS: Final = {"1234567890"}
_TIMES: Final = ("exp", "iat", "nbf")
_OBJECTS: Final = (re.compile(rb"eyJ[A-Za-z0-9+/]+"), re.compile(rb"eyJ[A-Za-z0-9_-]+"))
"""An object in either alphabet of base 64: in the first an underscore can follow that is no part of it."""
_NO_CLAIMS: Final = Answer(Verdict.UNKNOWN, "the claims in it cannot be read: altered or made up", confidence=Confidence.MEDIUM)
_CUT: Final = Answer(Verdict.UNKNOWN, "its claims cannot be read to the end", confidence=Confidence.MEDIUM)


def _part(text: bytes) -> Any:  # noqa: ANN401  a strange token may hold any JSON
    try:
        return json.loads(base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None


@validator("jwt")
def jwt(value: bytes, _context: Context) -> Answer:  # noqa: PLR0911  one return for each thing a token can be
    """Read header and claims; a token that nobody signed, or the one of the introduction at jwt.io, opens nothing."""
    pieces = value.split(b".")
    header = _part(pieces[0])
    if not isinstance(header, dict) or not ({"alg", "typ", "enc", "kid"} & header.keys()):
        return INVALID
    if "enc" in header:
        return Answer(Verdict.VALID, "encrypted token")
    claims = _part(pieces[1]) if len(pieces) > 1 else None
    if claims is None:
        return _CUT if len(pieces) > 1 and pieces[1].startswith(b"eyJ") and {"alg", "kid"} <= header.keys() else INVALID
    if not isinstance(claims, dict):
        return UNKNOWN
    if str(claims.get("sub")) in _SAMPLE_SUBJECTS:
        return Answer(Verdict.UNKNOWN, "public sample: the introduction to JSON web tokens", Severity.INFO)
    if str(header.get("alg", "")).lower() == "none":
        return Answer(Verdict.UNKNOWN, "a token without a signature", Severity.LOW)
    if any(str(claims.get("iss", "")).endswith(issuer) for issuer in _PUBLIC_ISSUERS):
        return Answer(Verdict.UNKNOWN, "issued by an example host", Severity.LOW, Confidence.LOW)
    if "exp" not in claims:
        return Answer(Verdict.VALID, "a token that does not expire")
    return Answer(Verdict.VALID, "a token that expires")


@validator("base64-json")
def base64_json(value: bytes, _context: Context) -> Answer:
    """Read the JSON that is a part of some tokens (Sentry, 1Password, Mapbox, Grafana, Tinybird): an object with claims."""
    parts = (_part(found[0]) for written in _OBJECTS if (found := written.search(value)))
    return VALID if any(isinstance(part, dict) and part for part in parts) else _NO_CLAIMS


@validator("jwk-private")
def jwk_private(value: bytes, context: Context) -> Answer:
    """Want the key type beside a private member."""
    return VALID if b"kty" in context.window and len(value) >= 16 else INVALID  # noqa: PLR2004  the shortest curve has 32 bytes
