from __future__ import annotations

import stat
import sys
import types
from typing import TYPE_CHECKING

import pytest

from auditor.errors import ConfigurationError
from auditor.org.keys import VARIABLE, organisation_key

if TYPE_CHECKING:
    from pathlib import Path

WORD = "a long enough key for the tests"


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    place = tmp_path / "new" / "organisation.key"
    first = organisation_key("", {}, place)
    assert organisation_key("", {}, place) == first
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert len(list(place.parent.iterdir())) == 1
    assert organisation_key("", {}, tmp_path / "another") != first


def test_environment_file_and_keyring_give_the_same_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "key"
    file.write_text(f"{WORD}\n")
    file.chmod(0o600)
    ring = types.ModuleType("keyring")
    errors = types.ModuleType("keyring.errors")
    kept = {("auditor", "organisation"): WORD}
    monkeypatch.setattr(ring, "get_password", lambda service, user: kept.get((service, user)), raising=False)
    monkeypatch.setattr(errors, "KeyringError", OSError, raising=False)
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    unused = tmp_path / "unused"
    keys = {
        organisation_key("", {VARIABLE: WORD}, unused),
        organisation_key(str(file), {}, unused),
        organisation_key("keyring", {}, unused),
    }
    assert len(keys) == 1
    assert not unused.exists()


def test_neither_the_key_nor_its_name_tells_it() -> None:
    key = organisation_key("", {VARIABLE: WORD}, None)  # type: ignore[arg-type]  # not looked at
    assert WORD not in repr(key)
    assert key.value.hex() not in repr(key)
    assert key.id not in key.value.hex()
    assert organisation_key("", {VARIABLE: f"{WORD}!"}, None).id != key.id  # type: ignore[arg-type]  # as above


def test_a_key_that_others_can_read_or_that_is_short_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(WORD)
    file.chmod(0o644)
    with pytest.raises(ConfigurationError, match="Others can read"):
        organisation_key(str(file), {}, file)
    with pytest.raises(ConfigurationError, match="too short"):
        organisation_key("", {VARIABLE: "short"}, file)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        organisation_key(str(tmp_path / "none"), {}, file)


def test_a_keyring_without_a_key_says_how_to_set_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(ConfigurationError, match="not installed"):
        organisation_key("keyring", {}, tmp_path)
