"""What the store is given comes back as it was, bytes and all."""

from __future__ import annotations

import zlib
from hashlib import shake_128
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.audit.payload import packed, unpacked

SIMPLE = st.none() | st.booleans() | st.integers() | st.text() | st.binary()
VALUES = st.recursive(SIMPLE, lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1, alphabet="abc"), inner))


@given(VALUES)
def test_a_fact_comes_back(fact: Any) -> None:  # noqa: ANN401  whatever JSON holds, and bytes
    assert unpacked(packed(fact)) == fact


def test_long_bytes_come_back_whether_they_are_made_smaller_or_not() -> None:
    text, ids = b"a line\n" * 20_000, shake_128(b"ids").digest(4_000)
    fact = {"text": text, "more": [ids, {"id": ids[::-1], "none": b""}], "words": "as they are"}
    assert unpacked(packed(fact)) == fact
    assert len(packed(text)) < len(text) / 10
    assert ids in packed({"ids": ids})


def test_nothing_else_is_kept() -> None:
    with pytest.raises(TypeError, match="a complex cannot be kept"):
        packed({"a": [b"", 1j]})


def test_what_was_not_written_so_is_refused() -> None:
    for payload in (b"", b"{}", zlib.compress(b"\0" * 7 + b"\2{]")):
        with pytest.raises((zlib.error, ValueError)):
            unpacked(payload)
