"""One private key, however it is written: with PEM lines or without, over many lines or as one string of a JSON file."""

from __future__ import annotations

import re
from typing import Final

_ARMOUR: Final = re.compile(rb"-----(?:BEGIN|END) [A-Z0-9 ]{1,60}-----")
_JOINTS: Final = re.compile(rb"[\"']\s*\+\s*[\"']|\\+[nrt]|<br ?/?>|[\s\"',;>|*#\\]")
_BODY: Final = re.compile(rb"[A-Za-z0-9+/]{40,}")


def of_key(value: bytes) -> bytes:
    """Return what all spellings of a key have in common, its base64 on one line; anything else stays as it is."""
    body = _JOINTS.sub(b"", _ARMOUR.sub(b"", value)).rstrip(b"=")
    return body if _BODY.fullmatch(body) else value
