"""What an earlier run derived is the same as what is made now, and a damaged file of it is no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from auditor.detection import derived
from auditor.detection.derived import kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MADE = [(1, "ab+"), (2, "caf\u00e9")]


def read(plain: Iterable[Any]) -> list[tuple[int, str]]:
    return [(int(number), str(text)) for number, text in plain]


def test_it_is_made_once_for_the_same_ground(tmp_path: Path) -> None:
    asked: list[str] = []

    def make() -> list[tuple[int, str]]:
        asked.append("made")
        return MADE

    assert [kept("things", of, tmp_path, make, read) for of in ("one", "one", "two")] == [MADE] * 3
    assert len(asked) == 2
    assert kept("others", "one", tmp_path, make, read) == MADE
    assert len(asked) == 3
    assert kept("things", "one", None, make, read) == MADE
    assert len(asked) == 4


def test_what_other_code_made_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept("things", "one", tmp_path, lambda: MADE, read)
    monkeypatch.setattr(derived, "_MADE_BY", ("derived.py",))
    assert kept("things", "one", tmp_path, list, read) == []


@pytest.mark.parametrize("content", ["", "[[1]]", "{}x", '[["a", "b"]]'])
def test_a_damaged_file_is_made_again(tmp_path: Path, content: str) -> None:
    kept("things", "one", tmp_path, lambda: MADE, read)
    (path,) = tmp_path.iterdir()
    path.write_text(content)
    assert kept("things", "one", tmp_path, lambda: MADE, read) == MADE
    assert kept("things", "one", tmp_path, list, read) == MADE
