from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detection import pattern
from auditor.detection.matcher import Expression, Matcher, compile_matcher
from auditor.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path


def test_ends_that_stand_close_become_one_place_and_exact_ids_keep_theirs() -> None:
    matcher = compile_matcher([(0, "ab", "a"), (1, "b", "b"), (2, "ab", "c")], None, exact_from=1)
    assert matcher.scan(b"ab.ab" + b"-" * 100 + b"ab")[0] == [2, 5, 107, 107]
    assert matcher.scan(b"ab.ab")[1] == [2, 2, 5, 5]


def test_one_expression_of_two_rules_is_found_for_both() -> None:
    matcher = compile_matcher([(0, "key", "a"), (5, "key", "b"), (5, "other", "b")], None, exact_from=9)
    assert matcher.scan(b"key and other") == {0: [3, 3], 5: [3, 3, 13, 13]}


def test_the_database_is_kept_and_a_damaged_one_is_compiled_again(tmp_path: Path) -> None:
    anchors = [(0, "needle", "rule")]
    compile_matcher(anchors, tmp_path, exact_from=1)
    (file,) = tmp_path.glob("database-*")
    whole = file.read_bytes()
    for damaged in (b"", whole[:50], whole[:-40], b"x" * len(whole)):
        file.write_bytes(damaged)
        assert compile_matcher(anchors, tmp_path, exact_from=1).scan(b"a needle") == {0: [8, 8]}
    assert file.read_bytes() == whole


def test_an_unwritable_cache_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert compile_matcher([(0, "needle", "rule")], tmp_path / "file" / "cache", exact_from=1).scan(b"needle")


def test_a_rule_that_is_too_large_is_named() -> None:
    anchors = [(0, "fine", "good-rule"), (1, "a{40000}b", "greedy-rule")]
    with pytest.raises(ConfigurationError, match="greedy-rule"):
        compile_matcher(anchors, None, exact_from=2)


@pytest.mark.parametrize("text", ["(?=a)b", r"(a)\1", "a++", "["])
def test_what_re2_does_not_accept_is_a_clear_error(text: str) -> None:
    with pytest.raises(ConfigurationError, match="RE2 does not accept"):
        Expression(text)


def test_bytes_that_are_no_text_match_as_bytes() -> None:
    found = Expression("[^a]b").search(b"\xffb")
    assert found is not None
    assert found.span() == (0, 2)


def test_a_catastrophic_expression_is_harmless() -> None:
    assert Expression("(a|aa)+$").search(b"a" * 20_000 + b"!") is None


def test_what_was_taken_apart_once_is_not_taken_apart_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anchors = [
        (0, "key_[a-z]{4}", "bounded"),
        (1, r"\Astart", "tied to the first byte"),
        (2, "x+y", "without a bound"),
        (3, "start +key_", "without a bound, but with a word"),
    ]
    first = compile_matcher(anchors, tmp_path, exact_from=9)
    with monkeypatch.context() as patch:
        patch.setattr(pattern, "parse", None)
        second = compile_matcher(anchors, tmp_path, exact_from=9)
    (kept,) = tmp_path.glob("kinds-*")
    assert json.loads(kept.read_bytes()) == [[0, ""], [1, ""], [2, ""], [3, "start {1}"]]
    kept.write_bytes(b"[[0]]")
    third = compile_matcher(anchors, tmp_path, exact_from=9)
    text = b"start key_abcd xxxxy"
    found = {0: [14, 14], 1: [5, 5], 2: [20, 20], 3: [10, 10]}
    assert first.scan(text) == second.scan(text) == third.scan(text) == found


_ANCHORS = [
    (0, "key_[a-z]{2}", "bounded"),
    (1, r"\Astart", "tied to the first byte"),
    (2, "(?:^|[^a-z])end(?:[^a-z]|$)", "with edges"),
    (3, r"\bword\b", "with boundaries"),
    (4, "a+b", "without a bound or a word"),
    (5, "key_ +word", "without a bound, called by a word"),
]


@lru_cache
def _matcher() -> Matcher:
    return compile_matcher(_ANCHORS, None, exact_from=9)


@given(st.lists(st.lists(st.sampled_from(["key_", "ab", "start", "end", "word", " ", "\n"]), max_size=4).map("".join), max_size=8))
def test_contents_looked_through_together_miss_nothing(texts: list[str]) -> None:
    matcher = _matcher()
    contents = [text.encode() for text in texts]
    silent = matcher.silent(contents)
    assert len(silent) == len(contents)
    assert not [content for content, nothing in zip(contents, silent, strict=True) if nothing and matcher.scan(content)]


def test_most_of_what_holds_nothing_is_silent() -> None:
    assert _matcher().silent([b"nothing", b"key_ab", b"", b"start", b"no start", b"end"]) == [True, False, True, False, True, False]
