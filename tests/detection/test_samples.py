"""Published values are recognised and say where they come from."""

from __future__ import annotations

import pytest

from auditor.detection import ruleset
from auditor.detection.samples import known_private_key, known_sample
from auditor.detection.scanner import Scanner, ScanOptions
from auditor.model.blob import Blob
from auditor.model.levels import Severity

KNOWN = {
    "aws_access_key_id = AKIA" + "IOSFODNN7EXAMPLE": "AWS documentation",
    "TELEGRAM_TOKEN=110201543:" + "AAHdqTcvCH1vGWJxfSe1ofSAs0K5PALDsaw": "Telegram documentation",
    "RECAPTCHA_PRIVATE_KEY = '6LeIxAcTAAAAA" + "GG-vFI1TnRWxMZNFuojJ4WifJWe'": "reCAPTCHA test key",
    "Authorization: Basic QWxhZGRpbj" + "pvcGVuIHNlc2FtZQ==": "RFC 7617",
}


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(ruleset.load(), ScanOptions(key=b"x"))


@pytest.mark.parametrize("line", KNOWN)
def test_a_published_value_is_information_and_says_whose_it_is(line: str, scanner: Scanner) -> None:
    found = [match for match, _ in scanner.scan(Blob("a", len(line), line.encode()))]
    assert [(match.severity, match.notes) for match in found] == [(Severity.INFO, (f"public sample: {KNOWN[line]}",))]


def test_what_is_not_published_is_not_known() -> None:
    assert known_sample(b"AKIA" + b"2Q7KX5NPLM3WZT4R") == ""
    assert known_private_key(b"MIIEogIB" + b"AAKCAQEAq8Zr3vLw9TxK2mN5bHs7") == ""
