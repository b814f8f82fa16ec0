from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from auditor.detection.spelling import of_key

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = base64.b64encode(b"\x30\x82\x01\x00" + bytes(range(256))).decode()
LINES = "\n".join(BODY[at : at + 64] for at in range(0, len(BODY), 64))
PEM = f"-----BEGIN ¦PRIVATE KEY-----\n{LINES}\n-----END ¦PRIVATE KEY-----\n".replace("¦", "")


@pytest.mark.parametrize(
    "spell",
    [
        lambda pem: pem,
        lambda pem: pem.replace("\n", "\r\n"),
        lambda pem: json.dumps(pem)[1:-1],
        lambda pem: json.dumps(json.dumps(pem))[1:-1],
        lambda pem: "".join(pem.splitlines()[1:-1]),
        lambda pem: '"\n  + "'.join(pem.splitlines()[1:-1]),
        lambda pem: pem.replace("\n", "\n    "),
    ],
    ids=["lines", "carriage returns", "JSON", "JSON in JSON", "bare", "joined", "indented"],
)
def test_one_key_is_one_value_however_it_is_written(spell: Callable[[str], str]) -> None:
    assert of_key(spell(PEM).encode()) == BODY.rstrip("=").encode()


@pytest.mark.parametrize("value", [b"PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 8\n", b"short", b'{"kty":"RSA","d":"x"}', b""])
def test_anything_else_stays_as_it_is(value: bytes) -> None:
    assert of_key(value) == value
