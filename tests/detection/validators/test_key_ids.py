"""Keys that say to whom they belong."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detection.validation import UNKNOWN, Context, Verdict
from auditor.detection.validators.json_web import base64_json
from auditor.detection.validators.key_ids import aws_key_id, pypi_macaroon
from auditor.model.levels import Confidence

NOWHERE = Context(b"", 0, 0)


@given(st.integers(0, 10**12 - 1), st.binary(min_size=4, max_size=4), st.integers(0, 127))
def test_the_id_of_an_aws_key_names_its_account(account: int, rest: bytes, low: int) -> None:
    raw = ((1 << 40 | account) << 7 | low).to_bytes(6, "big") + rest
    answer = aws_key_id(b"AKIA" + base64.b32encode(raw), NOWHERE)
    assert answer.note == f"of the AWS account that ends in {account % 10_000:04}"
    assert (answer.verdict, answer.confidence) == (Verdict.UNKNOWN, None)


def test_the_account_that_aws_tells_for_a_published_id() -> None:
    assert "5308" in aws_key_id(b"ASIA" + b"Y34FZKBOKMUTVV7A", NOWHERE).note  # of account 609629065308, by sts get-access-key-info


def test_ids_of_the_older_kind_name_no_account() -> None:
    assert aws_key_id(b"AKIA" + b"IDQJ6PTGDFFWYX7A", NOWHERE) == UNKNOWN


@pytest.mark.parametrize("sign", list("0189a_"))
def test_what_base_32_does_not_have_is_in_no_id(sign: str) -> None:
    assert aws_key_id(b"AKIA" + b"Q7XW2MZ4" + sign.encode() + b"7XW2MZ4", NOWHERE).confidence is Confidence.LOW


@pytest.mark.parametrize("index", ["pypi.org", "test.pypi.org", "packages.example.org"])
def test_a_token_of_an_index_begins_with_the_name_of_it(index: str) -> None:
    raw = b"\x02\x01" + bytes([len(index)]) + index.encode() + b"\x02\x05abcde\0"
    token = b"pypi-" + base64.urlsafe_b64encode(raw).rstrip(b"=")
    assert pypi_macaroon(token, NOWHERE).verdict is Verdict.VALID
    assert pypi_macaroon(b"pypi-B" + token[6:], NOWHERE).confidence is Confidence.MEDIUM
    assert pypi_macaroon(b"pypi-" + b"A" * 61, NOWHERE).confidence is Confidence.MEDIUM


def test_the_claims_in_a_token_are_an_object() -> None:
    claims = b'{"iat":1,"org":"a?>"}'
    plain, safe = base64.b64encode(claims), base64.urlsafe_b64encode(claims).rstrip(b"=")
    for token in (b"sntrys_" + plain + b"_abc", b"ops_" + plain, b"sk." + safe + b".abc"):
        assert base64_json(token, NOWHERE).verdict is Verdict.VALID
    for token in (b"sk.eyJ" + b"q7" * 30, b"sk." + base64.urlsafe_b64encode(b'{"a') + b".abc", b"ops_"):
        assert base64_json(token, NOWHERE).confidence is Confidence.MEDIUM
