"""Private keys: a header is a finding only when the body behind it can be read."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from auditor.detection.samples import known_private_key
from auditor.detection.validation import INVALID, UNKNOWN, VALID, Answer, Context, Verdict, validator
from auditor.model.levels import Confidence, Severity

_HEADER: Final = re.compile(rb"-----BEGIN ([A-Z0-9 ]{0,40})-----")
_NOISE: Final = re.compile(rb"\\[nrt]|<br ?/?>|[\s\"'+,;>|*#]|\\")
_JOINTS: Final = re.compile(rb"[\"']\s*\+\s*[\"']|\\[nrt]|[\s\"',\\]")
_FIELDS: Final = re.compile(rb"(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|MessageID): ?[^\n\\]{0,200}(?:\n|\\n|\r)")
_BODY: Final = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")
_SEQUENCE: Final = 0x30
_LEAST: Final = 40
_VARIETY: Final = 12
_OPENSSH: Final = b"openssh-key-v1\0"
_DOUBTFUL: Final = Answer(
    Verdict.UNKNOWN, "it does not begin like the structure that its header announces", confidence=Confidence.MEDIUM
)


@validator("pem")
def pem(value: bytes, _context: Context) -> Answer:  # noqa: PLR0911  one return for each kind of key
    """Read the body: base64 that begins like the ASN.1, OpenSSH or PGP structure that the header announces."""
    header = _HEADER.search(value)
    if header is None:
        return INVALID
    body = value[header.end() :].split(b"-----", 1)[0]
    encrypted = b"ENCRYPTED" in value[: header.end() + 200]
    flat = _NOISE.sub(b"", _FIELDS.sub(b"", body))
    found = _BODY.search(flat)
    if found is None:
        return INVALID
    try:
        raw = base64.b64decode(found[0][: len(found[0]) & ~3])
    except (binascii.Error, ValueError):
        return INVALID
    if len(raw) < _LEAST - 10 or len(set(raw)) < _VARIETY:  # fewer is filling, not a key
        return INVALID
    if sample := known_private_key(found[0]):
        return Answer(Verdict.VALID, f"public sample: {sample}", Severity.INFO)
    if b"OPENSSH" in header[0]:
        return _openssh(raw)
    if b"PGP" in header[0]:
        return VALID if raw[0] & 0x80 else _DOUBTFUL
    if encrypted:
        return Answer(Verdict.VALID, "encrypted with a passphrase", Severity.MEDIUM)
    return VALID if raw[0] == _SEQUENCE else _DOUBTFUL


@validator("der-private-key")
def der_private_key(value: bytes, _context: Context) -> Answer:
    """Read the base64 of a structure: surely a key when it is as long as its first bytes say, perhaps one when it is cut off."""
    flat = _JOINTS.sub(b"", value).rstrip(b"=")
    try:
        raw = base64.b64decode(flat + b"=" * (-len(flat) % 4))
    except (binascii.Error, ValueError):
        return UNKNOWN
    if len(raw) < _LEAST or len(set(raw)) < _VARIETY or raw[0] != _SEQUENCE:
        return INVALID
    wide = raw[1] & 0x7F if raw[1] & 0x80 else 0
    length = 2 + wide + (int.from_bytes(raw[2 : 2 + wide], "big") if wide else raw[1])
    return VALID if length <= len(raw) else UNKNOWN


def _openssh(raw: bytes) -> Answer:
    if not raw.startswith(_OPENSSH):
        return _DOUBTFUL
    length = int.from_bytes(raw[15:19], "big")
    cipher = raw[19 : 19 + min(length, 64)]
    if cipher != b"none":
        return Answer(Verdict.VALID, f"encrypted with {cipher.decode('ascii', 'replace')}", Severity.MEDIUM)
    return VALID
