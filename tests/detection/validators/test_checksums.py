from __future__ import annotations

import zlib

import pytest

from auditor.detection.validation import UNKNOWN, Context, Validator, Verdict
from auditor.detection.validators.checksums import (
    base36,
    base62,
    crc32_base62,
    crc32_base62_longer,
    crc32_hex,
    crc32_hex_of_body,
    gitlab,
    grafana,
)
from auditor.model.levels import Confidence

BODY = b"q7Rk2mVx9TzB4nLw8YcJ5hGs3FdP6a"
NOWHERE = Context(b"", 0, 0)


def test_a_checksum_in_base_62_decides() -> None:
    sound = b"ghp_" + BODY + base62(zlib.crc32(BODY))
    assert crc32_base62(sound, NOWHERE).verdict is Verdict.VALID
    altered = crc32_base62(sound[:-1] + (b"0" if sound[-1:] != b"0" else b"1"), NOWHERE)
    assert (altered.verdict, altered.confidence) == (Verdict.UNKNOWN, Confidence.LOW)
    assert "checksum" in altered.note
    assert crc32_base62(b"ghp_short", NOWHERE).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(("last", "confidence"), [(0, None), (1, Confidence.MEDIUM)])
def test_a_token_of_grafana_ends_with_the_checksum_of_what_stands_before(last: int, confidence: Confidence | None) -> None:
    key = b"glsa_" + BODY + b"9z"
    checksum = (zlib.crc32(key) ^ last).to_bytes(4, "little").hex().encode()
    assert grafana(key + b"_" + checksum, NOWHERE).confidence is confidence


def test_a_routable_token_of_gitlab_ends_with_the_checksum_of_what_stands_before() -> None:
    head = b"glpat-" + BODY[:27] + b".01.0r"
    assert gitlab(head + base36(zlib.crc32(head), 7), NOWHERE).verdict is Verdict.VALID
    assert gitlab(head + base36(zlib.crc32(head) ^ 1, 7), NOWHERE).confidence is Confidence.LOW
    assert gitlab(b"glpat-" + BODY[:20], NOWHERE).confidence is None
    assert gitlab(b"glpat-" + BODY + BODY, NOWHERE).confidence is Confidence.MEDIUM


@pytest.mark.parametrize(
    ("check", "sound"),
    [
        (crc32_hex, b"ATATT3xFf" + BODY + BODY + b"="),
        (crc32_hex, b"ATBB" + BODY[:24]),
        (crc32_hex, b"cnvca" + BODY + b"x-y_z"),
    ],
)
def test_a_checksum_in_hexadecimal_is_of_all_before_it(check: Validator, sound: bytes) -> None:
    checksum = b"%08X" % zlib.crc32(sound)
    assert check(sound + checksum, NOWHERE).verdict is Verdict.VALID
    assert check(sound.replace(b"=", b"%3D") + checksum.lower(), NOWHERE).verdict is Verdict.VALID
    assert check(sound + checksum[:-1] + (b"1" if checksum[-1:] == b"0" else b"0"), NOWHERE).confidence is Confidence.MEDIUM
    assert check(sound, NOWHERE) == UNKNOWN


def test_a_checksum_of_the_body_leaves_the_prefix_out() -> None:
    body = BODY + b"0123456789"
    assert crc32_hex_of_body(b"cfut_" + body + b"%08x" % zlib.crc32(body), NOWHERE).verdict is Verdict.VALID
    assert crc32_hex_of_body(b"cfut_" + body + b"%08x" % (zlib.crc32(body) ^ 1), NOWHERE).confidence is Confidence.MEDIUM
    longer = BODY + BODY[:20]
    for prefix in (b"vcp_", b"salad_cloud_user_"):
        assert crc32_base62_longer(prefix + longer + base62(zlib.crc32(longer)), NOWHERE).verdict is Verdict.VALID
        assert crc32_base62_longer(prefix + longer + base62(zlib.crc32(longer) ^ 1), NOWHERE).confidence is Confidence.MEDIUM
    assert crc32_base62_longer(b"vcp_" + BODY + b"-" + BODY, NOWHERE) == UNKNOWN
