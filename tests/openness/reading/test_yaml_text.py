"""YAML of strangers: lines are kept, bounds hold, nothing is built."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.openness.reading.yaml_text import Mapping, NotReadableError, Text, load, mapping, texts

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_scalars_are_text_with_their_line() -> None:
    data = mapping(load("on: push\njobs:\n  a:\n    runs-on: [x, true]\n"))
    assert data.lines == {"on": 1, "jobs": 2}
    assert [(str(text), text.line) for text in texts(data["jobs"])] == [("x", 4), ("true", 4)]


def test_merge_keys_fill_in_and_do_not_override() -> None:
    data = mapping(load("base: &b {x: 1, y: 2}\nuse:\n  y: 3\n  <<: *b\n"))
    assert data["use"] == {"y": "3", "x": "1"}


def test_tags_build_nothing() -> None:
    assert load("a: !!python/object/apply:os.system ['exit 1']") == {"a": ["exit 1"]}


@pytest.mark.parametrize(
    "text",
    [LAUGHS, "[" * 2_000, "- " * 50_000, "? " * 50_000, "{a: " * 500, "a: [b", "a: b: c", "\ta", "x" * 600_000, "&a [*a]", "\x00"],
    ids=["laughs", "brackets", "dashes", "questions", "braces", "open", "twice", "tab", "long", "itself", "nul"],
)
def test_hostile_or_broken_text_is_refused_at_once(text: str) -> None:
    begin = time.monotonic()
    with pytest.raises(NotReadableError):
        load(text)
    assert time.monotonic() - begin < 5


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = load(text)
    except NotReadableError:
        return
    assert found is None or isinstance(found, (Text, list, Mapping))
