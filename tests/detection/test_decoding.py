from __future__ import annotations

import base64
import binascii
import gzip
import quopri
import string
import urllib.parse
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.detection.decoding import unquoted
from auditor.model.blob import Blob

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.detection.scanner import Scanner
    from auditor.model.finding import Match

VALUE = b"tR7vq9LmZ" + b"x3Kd"
LINE = b'password = "' + VALUE + b'"'


def scan(scanner: Scanner, data: bytes) -> list[tuple[Match, bytes]]:
    return [(match, secret.reveal()) for match, secret in scanner.scan(Blob("oid", len(data), data))]


def github_token() -> str:
    """Make a token with the checksum that GitHub's own tokens carry."""
    digits = string.digits + string.ascii_uppercase + string.ascii_lowercase
    body = "kW3nQz8RtB5vXy1LmC7dHs4JpG9aEf"
    number, check = zlib.crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        check = digits[digit] + check
    return f"ghp_{body}{check:0>6}"


def wrapped(data: bytes) -> bytes:
    text = base64.b64encode(
        b"some words before it, to fill the first line\n" + data + b"\nand some words behind it, to fill another line"
    )
    return b"\n".join(text[place : place + 64] for place in range(0, len(text), 64))


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "base64": lambda data: b"blob: " + base64.b64encode(data),
    "base64 urlsafe": lambda data: b"blob: " + base64.urlsafe_b64encode(data).rstrip(b"="),
    "base64 wrapped": wrapped,
    "base64 nested": lambda data: b"blob: " + base64.b64encode(base64.b64encode(data)),
    "base64 of UTF-16": lambda data: b"-enc " + base64.b64encode(data.decode().encode("utf-16-le")),
    "hex": lambda data: b"blob = " + binascii.hexlify(data),
    "percent": lambda data: b"https://example.org/?q=" + urllib.parse.quote_from_bytes(data, safe="").encode(),
    "hex escapes": lambda data: b's = "' + b"".join(b"\\x%02x" % byte for byte in data) + b'"',
    "unicode escapes": lambda data: b's = "' + b"".join(b"\\u%04x" % byte for byte in data) + b'"',
    "entities": lambda data: b"<p>" + b"".join(b"&#%d;" % byte for byte in data) + b"</p>",
    "base64 of gzip": lambda data: b"release: " + base64.b64encode(gzip.compress(data)),
    "base64 of base64 of gzip": lambda data: b"release: " + base64.b64encode(base64.b64encode(gzip.compress(data))),
    "base64 in a patch": lambda data: b"+" + wrapped(b"12345678" + data).replace(b"\n", b"\n+"),
    "PowerShell's command": lambda data: (
        b"powershell -EncodedCommand " + base64.b64encode((b"x=1;" + data).decode().encode("utf-16-le"))
    ),
    "percent twice": lambda data: b"q=" + b"".join(b"%%25%02X" % byte for byte in data),
    "long unicode escapes": lambda data: b's = "' + b"".join(b"\\U%08x" % byte for byte in data) + b'"',
    "unicode escapes in braces": lambda data: b's = "' + b"".join(b"\\u{%x}" % byte for byte in data) + b'"',
    "octal escapes": lambda data: b"s=$'" + b"".join(b"\\%03o" % byte for byte in data) + b"'",
    "quoted-printable": lambda data: b"Content-Transfer-Encoding: quoted-printable\n\n" + quopri.encodestring(data),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_password_is_found_inside_each_encoding(scanner: Scanner, name: str) -> None:
    found = scan(scanner, b"first line\n" + ENCODINGS[name](LINE) + b"\n")
    assert [value for _, value in found if value == VALUE], name
    match = next(match for match, value in found if value == VALUE)
    assert match.container
    assert (match.line or 0) >= 2


@pytest.mark.parametrize(
    "text",
    [
        'id = "{}" + "{}" + "{}"',
        'id = "{}" +\n    "{}" +\n    \'{}\';',
        'id = ("{}"\n      "{}"\n      "{}")',
        'id="{}""{}""{}"',
        "$id = \"{}\" . '{}' . '{}';",
        'id = "{}" & "{}" & _\n  "{}"',
        'id: "{}\\\n  {}\\\n  {}"',
    ],
)
def test_literals_that_are_joined_are_read_as_one(scanner: Scanner, text: str) -> None:
    token = "AKIA" + "Q7RZ3LWV5T2NKX6M"
    found = scan(scanner, (text.replace("{}", "%s") % (token[:9], token[9:14], token[14:]) + "\n").encode())
    assert token.encode() in [value for _, value in found]


@pytest.mark.parametrize("sign", ["=", ":", " =>"])
def test_a_value_is_not_joined_with_the_next_name_of_a_list(scanner: Scanner, sign: str) -> None:
    lines = [
        f'        "{name}" {sign} "{value}"' for name, value in (("name", "service"), ("password", "password"), ("rules", "a.yml"))
    ]
    assert [match for match, _ in scan(scanner, "\n".join(lines).encode()) if match.container] == []


@pytest.mark.parametrize("sign", ["&#95;", "&#x5F;", "&lowbar;", "%5F", "%5f"])
def test_one_encoded_sign_in_a_token_does_not_hide_it(scanner: Scanner, sign: str) -> None:
    token = github_token()
    found = scan(scanner, f"see ?key={token.replace('_', sign)}&more\n".encode())
    assert token.encode() in [value for _, value in found]


def test_values_of_a_kubernetes_secret_are_decoded(scanner: Scanner) -> None:
    text = b"apiVersion: v1\nkind: Secret\ndata:\n  user: YXBw\n  password: " + base64.b64encode(VALUE) + b"\n"
    found = scan(scanner, text)
    assert [(match.line, match.container) for match, value in found if value == VALUE] == [(5, ("base64",))]


def test_encodings_are_followed_to_a_bounded_depth(scanner: Scanner) -> None:
    data = LINE
    for _ in range(8):
        data = base64.b64encode(data)
    assert scan(scanner, data) == []


@given(
    st.lists(st.sampled_from([b"%", b"4", b"a", b"F", b"=", b"z", b"_", b" ", b"\r", b"\n", b"\x80", b"\0", b"%41", b"=3D"])).map(
        b"".join
    )
)
def test_percent_encoding_is_read_as_urllib_reads_it(text: bytes) -> None:
    assert unquoted(text) == urllib.parse.unquote_to_bytes(text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_nothing_in_any_bytes_breaks_the_scan_or_leaves_the_content(scanner: Scanner, noise: bytes) -> None:
    for data in (noise, noise + b"\n" + LINE + b"\n" + noise, base64.b64encode(noise + LINE), noise * 20):
        for match, _ in scan(scanner, data):
            assert 0 <= match.span.start < match.span.end <= len(data)
            assert match.line is None or 1 <= match.line <= data.count(b"\n") + 1
