"""The file of earlier results: it gives back what was put in, and believes nobody who lacks the key."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from auditor.audit.store import Store, open_store, user_key

if TYPE_CHECKING:
    from pathlib import Path

KEY = b"k" * 32


def opened(folder: Path, *, stamp: bytes = b"rules", key: bytes = KEY) -> Store:
    store, problem = open_store(folder, stamp, key)
    assert store is not None
    assert problem == ""
    return store


def file_of(folder: Path) -> Path:
    return next(folder.glob("results-*.sqlite"))


def filled(folder: Path) -> Path:
    store = opened(folder)
    store.note_nothing([b"clean"])
    store.note("matches", {b"leaky": [1, "two"]})
    store.close()
    return file_of(folder)


def test_what_was_noted_is_known_in_the_next_run(tmp_path: Path) -> None:
    filled(tmp_path)
    store = opened(tmp_path)
    assert store.nothing_in([b"clean", b"leaky", b"new"]) == {b"clean"}
    assert store.facts("matches", [b"clean", b"leaky"]) == {b"leaky": [1, "two"]}
    assert store.facts("another kind", [b"leaky"]) == {}


def test_many_names_are_looked_up_in_several_steps(tmp_path: Path) -> None:
    names = [f"{number:040x}".encode() for number in range(20_000)]
    store = opened(tmp_path)
    store.note_nothing(names[::2])
    assert store.nothing_in(names) == set(names[::2])


@pytest.mark.parametrize("other", [{"stamp": b"other rules"}, {"key": b"x" * 32}])
def test_another_state_of_the_rules_or_another_key_knows_nothing(tmp_path: Path, other: dict[str, bytes]) -> None:
    filled(tmp_path)
    store, _ = open_store(tmp_path, other.get("stamp", b"rules"), other.get("key", KEY))
    assert store is not None
    assert store.nothing_in([b"clean"]) == set()
    assert store.facts("matches", [b"leaky"]) == {}


def test_a_value_that_was_changed_or_moved_is_not_believed(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with sqlite3.connect(path) as connection:
        ((value,),) = connection.execute("SELECT value FROM facts").fetchall()
        connection.execute("UPDATE facts SET value = ?", (value[:-1] + bytes([value[-1] ^ 1]),))
        connection.execute("INSERT INTO facts VALUES (?, ?)", (b"\0" * 16, value))
        connection.execute("INSERT INTO empty VALUES (?)", (b"leaky",))
    connection.close()
    store = opened(tmp_path)
    assert store.facts("matches", [b"leaky"]) == {}
    assert store.nothing_in([b"leaky"]) == set()


@pytest.mark.parametrize("content", [b"SQLite format 3\0" + b"\xff" * 5000, b"no database at all" * 300])
def test_a_damaged_file_is_thrown_away_with_a_warning(tmp_path: Path, content: bytes) -> None:
    path = filled(tmp_path)
    path.write_bytes(content)
    store, problem = open_store(tmp_path, b"rules", KEY)
    assert store is not None
    assert "thrown away" in problem
    assert store.nothing_in([b"clean"]) == set()
    store.note_nothing([b"clean"])
    assert store.nothing_in([b"clean"]) == {b"clean"}


def test_damage_that_shows_later_is_no_error_either(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.note_nothing(f"{number}".encode() for number in range(20_000))
    store.close()
    path = file_of(tmp_path)
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xee" * (len(data) - 8192)
    path.write_bytes(data)
    store = opened(tmp_path)
    assert store.nothing_in(f"{number}".encode() for number in range(20_000)) == set()
    assert "thrown away" in store.problem
    assert not path.exists()


def test_two_runs_at_once_lose_nothing(tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    one.note_nothing([b"a"])
    two.note_nothing([b"b"])
    assert one.nothing_in([b"a", b"b"]) == two.nothing_in([b"a", b"b"]) == {b"a", b"b"}


def test_old_and_overgrown_files_go(tmp_path: Path) -> None:
    old, large = tmp_path / "results-old.sqlite", tmp_path / "results-large.sqlite"
    old.write_bytes(b"x")
    os.utime(old, (0, 0))
    with large.open("wb") as file:
        file.truncate((1 << 30) + 1)
    opened(tmp_path)
    assert not old.exists()
    assert not large.exists()


def test_a_folder_that_cannot_be_used_gives_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert open_store(tmp_path / "file", b"rules", KEY) == (None, "")


def test_the_file_and_the_key_are_for_the_user_alone(tmp_path: Path) -> None:
    key = user_key(tmp_path / "state" / "cache.key")
    assert key is not None
    assert len(key) == 32
    assert user_key(tmp_path / "state" / "cache.key") == key
    for path in (tmp_path / "state" / "cache.key", filled(tmp_path / "cache")):
        assert path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["cache.key"]


@pytest.mark.parametrize("spoil", ["short", "open"])
def test_a_key_that_is_cut_short_or_that_others_may_read_is_replaced(tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "cache.key"
    key = user_key(path)
    if spoil == "short":
        path.write_bytes(b"short")
    else:
        path.chmod(0o644)
    replaced = user_key(path)
    assert replaced is not None
    assert replaced != key
    assert path.stat().st_mode & 0o777 == 0o600
