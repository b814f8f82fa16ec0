from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detection import pattern


@pytest.mark.parametrize(
    ("text", "short"),
    [
        (r"\bghp_[A-Za-z0-9]{36,255}\b", r"\bghp_[A-Za-z0-9]{36}"),
        (r"[\w.-]{0,50}key=(?P<secret>[a-z]{8,})", r"key=(?:[a-z]{8})"),
        (r"\b\d{10}\b", r"\b\d{10}\b"),
        (r"(?i)abc(?:def)?", r"(?i)abc"),
        (r"token (?:[a-f]{4,9}|[0-9]{6})x*", r"token (?:[a-f]{4}|[0-9]{6})"),
    ],
)
def test_the_anchor_is_the_shortest_sufficient_form(text: str, short: str) -> None:
    assert pattern.render(pattern.shorten(pattern.parse(text))) == short


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("abc", 3, 3), ("a{2,5}b?", 2, 6), ("a+", 1, None), (r"(?:ab|c)\b[x-z]", 2, 3), (r"[[:alpha:]\]]", 1, 1)],
)
def test_width(text: str, least: int, most: int | None) -> None:
    assert pattern.width(pattern.parse(text)) == (least, most)


@pytest.mark.parametrize("text", ["(a", "a)", "(?=a)", "(?<!a)b", "*a"])
def test_what_re2_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(pattern.PatternError):
        pattern.parse(text)


@given(st.text("ab", max_size=8), st.sampled_from([r"a{1,3}b+", r"(?:ab|ba){1,2}a?", r"b?a[ab]{2,4}\b"]))
def test_rendering_keeps_the_meaning(text: str, source: str) -> None:
    again = pattern.render(pattern.parse(source))
    assert [m.span() for m in re.finditer(source, text)] == [m.span() for m in re.finditer(again, text)]


@given(st.text("ab ", max_size=12), st.sampled_from([r"a{1,3}b+", r"b?a[ab]{2,4}\b", r"a(?:b|aa){2,5}"]))
def test_wherever_a_pattern_matches_its_anchor_does(text: str, source: str) -> None:
    if re.search(source, text):
        assert re.search(pattern.render(pattern.shorten(pattern.parse(source))), text)


def test_wide_repeats_lose_their_upper_bound() -> None:
    assert pattern.relax("a{4,500}b{2,9}") == "a{4,}b{2,9}"
    assert pattern.relax("(?:a{0,60}b){0,60}") == "(?:a{0,}b){0,60}"
