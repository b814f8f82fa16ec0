"""Anchors that an earlier run took apart are the same as those made now, and a damaged file of them is no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.detection.anchors import kept_anchors, kept_parts

if TYPE_CHECKING:
    from pathlib import Path

MADE = [(0, "ab+", "first"), (1, "caf\u00e9", "second")]


def test_they_are_made_once_for_the_same_rules(tmp_path: Path) -> None:
    asked: list[str] = []

    def make() -> list[tuple[int, str, str]]:
        asked.append("made")
        return MADE

    assert [kept_anchors(rules, tmp_path, make) for rules in ("one", "one", "two")] == [MADE] * 3
    assert len(asked) == 2
    assert kept_anchors("one", None, make) == MADE
    assert len(asked) == 3


@pytest.mark.parametrize("content", ["", "[[1]]", "{}x", '[["a", "b", "c"]]'])
def test_a_damaged_file_is_made_again(tmp_path: Path, content: str) -> None:
    kept_anchors("one", tmp_path, lambda: MADE)
    (path,) = tmp_path.iterdir()
    path.write_text(content)
    assert kept_anchors("one", tmp_path, lambda: MADE) == MADE
    assert kept_anchors("one", tmp_path, list) == MADE


def test_classes_of_width_are_kept_in_the_same_way(tmp_path: Path) -> None:
    assert kept_parts("one", tmp_path, lambda: [[0, 2], []]) == [[0, 2], []]
    assert kept_parts("one", tmp_path, list) == [[0, 2], []]
    (path,) = tmp_path.iterdir()
    path.write_text("[1]")
    assert kept_parts("one", tmp_path, lambda: [[1]]) == [[1]]
