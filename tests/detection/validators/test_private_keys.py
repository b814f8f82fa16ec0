from __future__ import annotations

import base64

import pytest

from auditor.detection.validation import Context, Verdict
from auditor.detection.validators.private_keys import der_private_key

NOWHERE = Context(b"", 0, 0)
BODY = bytes(range(7, 250)) * 5
LONG = b"\x30\x82" + len(BODY).to_bytes(2, "big") + BODY
SHORT = b"\x30\x40" + BODY[:0x40]


@pytest.mark.parametrize("raw", [LONG, SHORT, LONG + b"more"])
def test_a_structure_as_long_as_it_says_is_a_key(raw: bytes) -> None:
    assert der_private_key(base64.b64encode(raw), NOWHERE).verdict is Verdict.VALID


@pytest.mark.parametrize("joint", [b"\n    ", b'"\n  + "', b"\\n", b'",\n"'])
def test_the_lines_of_a_key_are_joined(joint: bytes) -> None:
    text = base64.b64encode(LONG)
    lines = [text[place : place + 64] for place in range(0, len(text), 64)]
    assert der_private_key(joint.join(lines), NOWHERE).verdict is Verdict.VALID


def test_a_key_that_is_cut_off_may_be_one_and_filling_is_none() -> None:
    assert der_private_key(base64.b64encode(LONG)[:200], NOWHERE).verdict is Verdict.UNKNOWN
    assert der_private_key(base64.b64encode(b"\x30\x40" + bytes(64)), NOWHERE).verdict is Verdict.INVALID
    assert der_private_key(base64.b64encode(b"\x31" + LONG[1:]), NOWHERE).verdict is Verdict.INVALID
    assert der_private_key(b"MHcCAQEE", NOWHERE).verdict is Verdict.INVALID
