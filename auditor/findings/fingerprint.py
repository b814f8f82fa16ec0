"""The stable name of a finding, by which people accept it, rotate it and link to it.

A digest of the value appears only where the rule's format makes guessing hopeless (the worker decided that and sent the
digest). Everything else is named by rule, first path and ordinal: a password or a National Insurance number could be found
from a public digest by trying them all.
"""

from __future__ import annotations

import hashlib
from typing import Final

_LENGTH: Final = 20
"""Hex digits kept: 80 bits, so that chance collisions between the findings of one organisation do not happen."""


def value_fingerprint(digest: str) -> str:
    """Name a finding by the digest of its value: the same in every repository that holds the value."""
    return f"val-{digest[:_LENGTH]}"


def place_fingerprint(rule_id: str, first_path: str, ordinal: int) -> str:
    """Name a finding by where it first stood: the `ordinal`-th value of that rule at that path, counted from 0."""
    text = f"{rule_id}\0{first_path}\0{ordinal}"
    return f"loc-{hashlib.sha256(text.encode('utf-8', 'surrogateescape')).hexdigest()[:_LENGTH]}"
