from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from benchmarks.reach_corpus import build, make_token

if TYPE_CHECKING:
    from pathlib import Path

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def test_a_token_carries_its_checksum() -> None:
    token = make_token("anywhere")
    number = 0
    for letter in token[-6:]:
        number = number * 62 + ALPHABET.index(letter)
    assert number == zlib.crc32(token[4:-6].encode())
    assert token == make_token("anywhere") != make_token("elsewhere")


def test_every_place_has_a_token_of_its_own_and_git_still_reads_the_repository(tmp_path: Path) -> None:
    corpus = build(tmp_path / "repo")
    tokens = [token for places in corpus.tokens.values() for token in places.values()]
    assert len(tokens) == len(set(tokens)) > 57
    assert corpus.git("fsck", "--no-dangling") == ""
    assert "staged.py" in corpus.git("diff", "--cached", "--name-only")
    assert len(corpus.git("stash", "list").splitlines()) == 2
