"""The telling part of an expression: what does not hold it cannot match; it is never wider than asked, and holds the given word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detection.pattern import parse, width
from auditor.detection.telling import telling

MOST = 60


@pytest.mark.parametrize(
    ("expression", "part"),
    [
        (r"(?i)identified[ ]+by[ ]+[a-z]{4}", r"(?i)identified[ ]{1}"),
        (r"\bey[JI][\w-]{10,1000}\.[\w-]{10}", r"\bey[JI][\w-]{10}"),
        (r"\[\s*\{[^{}]*\"(?:surname|dob)\"\s{0,8}:[^{}]*\}", r"\"(?:surname|dob)\"\s{0,8}:"),
        (r"\{(?:AQAAAB[A-Za-z0-9]{30,}={0,2})\}", r"\{(?:AQAAAB[A-Za-z0-9]{30})"),
        (r"\A\w*(?i:fraud|risk)", r"(?i:fraud|risk)"),
        (r"x+y", None),
        (r"\w+\s*\d+", None),
        (r"key+|word+", None),
        ("(", None),
    ],
)
def test_the_part_with_most_given_characters_is_taken(expression: str, part: str | None) -> None:
    assert telling(expression, MOST) == part


_ONES = st.sampled_from(["a", "b", "[ab]", "[^a]", r"\d", "(?:ab|cd)", "(?:a+|b)", "(ab)"])
_TIMES = st.sampled_from(["", "", "", "+", "*", "{2,}", "{2,90}", "{3}", "?", "+?"])
_REPEATED = st.tuples(_ONES, _TIMES).map("".join)
_PIECES = st.one_of(_REPEATED, st.sampled_from(["word", "^", r"\b", "(?:ab)?"]))
_EXPRESSIONS = st.lists(_PIECES, min_size=1, max_size=6).map("".join)


@given(_EXPRESSIONS, st.text("abcdword 12\n", max_size=80))
def test_what_matches_holds_the_telling_part(expression: str, text: str) -> None:
    part = telling(expression, MOST)
    if part is None:
        return
    widest = width(parse(part))[1]
    assert widest is not None
    assert widest <= MOST
    if re.search(expression, text, re.MULTILINE):
        assert re.search(part, text, re.MULTILINE)
