from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.detection.matcher import compile_matcher
from auditor.detection.versions import REACH, Versions, shared

if TYPE_CHECKING:
    from auditor.detection.versions import Ends

ANCHORS = (r"\bkey=\d{2}", r"^b.{0,40}c\b", r"a$", r"(?:^|[^a])ab", r"k[^x]{470}y")
LINES = ["key=12 a", "b and then c", "monkey=99", "xab", "ab", "a", "", "k" * 30 + " y", "c b key=7", "yy xx" * 9]


def whole(data: bytes, found: Ends) -> None:
    """Look for ends with the standard library: every place where an expression can end."""
    for number, anchor in enumerate(ANCHORS[:4]):
        ends = {
            match.end() for start in range(len(data) + 1) if (match := re.compile(anchor.encode(), re.MULTILINE).match(data, start))
        }
        if ends:
            found[number] = sorted(ends)


def text(seed: int, lines: int) -> list[bytes]:
    chosen = random.Random(seed)  # noqa: S311  lines that are the same in every run
    return [f"{chosen.choice(LINES)} {chosen.randrange(50)}".encode() for _ in range(lines)]


def edited(lines: list[bytes], edits: list[tuple[int, int, int]]) -> bytes:
    """Delete and insert lines at places."""
    made = list(lines)
    for place, gone, come in edits:
        at = place % (len(made) + 1)
        made[at : at + gone] = text(place, come)
    return b"\n".join(made)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 5), st.lists(st.tuples(st.integers(0, 900), st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_what_is_shared_stands_in_both(seed: int, edits: list[tuple[int, int, int]]) -> None:
    lines = text(seed, 900)
    old, new = b"\n".join(lines), edited(lines, edits)
    behind = (0, 0)
    for stretch in shared(old, new):
        assert old[stretch.old : stretch.old + stretch.size] == new[stretch.new : stretch.new + stretch.size]
        assert (stretch.old, stretch.new) >= behind
        behind = (stretch.old + stretch.size, stretch.new + stretch.size)


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 5),
    st.lists(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 9), st.integers(0, 9)), max_size=4), max_size=4),
)
def test_a_later_version_gives_what_it_gives_alone(seed: int, history: list[list[tuple[int, int, int]]]) -> None:
    anchors = [(number, anchor, "rule") for number, anchor in enumerate(ANCHORS)]
    matcher = compile_matcher(anchors, None, exact_from=0)
    lines = text(seed, 600)
    for edits in [[], *history]:
        data = edited(lines, edits)
        alone = compile_matcher(anchors, None, exact_from=0)
        assert matcher.scan(data) == alone.scan(data)


def test_only_what_changed_is_looked_at() -> None:
    looked: list[int] = []

    def look(data: bytes, found: Ends) -> None:
        looked.append(len(data))
        whole(data, found)

    versions = Versions(look)
    lines = text(1, 2000)
    old, new = b"\n".join(lines), b"\n".join([*lines[:1000], b"key=77 a", *lines[1000:1500], b"new", *lines[1501:]])
    versions.ends(old)
    found = versions.ends(new)
    assert sum(looked[1:]) < 6 * REACH
    expected: Ends = {}
    whole(new, expected)
    assert found == expected
