"""Which bytes are text."""

from __future__ import annotations

import pytest

from auditor.detection import text


@pytest.mark.parametrize("codec", ["utf-32", "utf-32-le", "utf-32-be"])
def test_four_bytes_a_character(codec: str) -> None:
    words = "key: some words in a row\n"
    found = text.read(words.encode(codec))
    assert found.data.decode() == words
    place = words.index("some")
    assert words.encode(codec)[found.original(place) :].decode(codec if codec != "utf-32" else "utf-32-le").startswith("some")
