from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from auditor.errors import GitError
from auditor.org.clones import Clones

ADDRESSES = [f"https://example.org/team/service-{number}" for number in range(4)]


def fill(clones: Clones, address: str, size: int, *, age: float = 0) -> Path:
    with clones.hold(address) as mirror:
        mirror.mkdir(parents=True, exist_ok=True)
        (mirror / "pack").write_bytes(b"x" * size)
    for used in clones.folder.glob(f"{mirror.name}.used"):
        os.utime(used, (time.time() - age, time.time() - age))
    return mirror


def test_an_address_has_one_place_of_its_own(tmp_path: Path) -> None:
    clones = Clones(tmp_path / "clones")
    places = {fill(clones, address, 10) for address in ADDRESSES} | {fill(clones, "https://example.org/team/service-1", 10)}
    assert len(places) == len(ADDRESSES)
    hostile = fill(clones, "https://example.org/../../x/%2e%2e/" + "y" * 400, 10)
    assert hostile.parent == tmp_path / "clones"
    assert len(hostile.name) < 100


def test_the_least_recently_used_make_room(tmp_path: Path) -> None:
    clones = Clones(tmp_path / "clones", budget=250)
    places = [fill(clones, address, 100, age=100 - number) for number, address in enumerate(ADDRESSES)]
    clones.make_room()
    assert [place.exists() for place in places] == [False, False, True, True]
    again = fill(clones, ADDRESSES[2], 100)
    fill(clones, "https://example.org/team/another", 100, age=1)
    clones.make_room()
    assert again.exists()
    assert not places[3].exists()


def test_what_is_in_use_stays(tmp_path: Path) -> None:
    clones = Clones(tmp_path / "clones", budget=100)
    fill(clones, ADDRESSES[0], 90, age=50)
    with clones.hold(ADDRESSES[0]) as held:
        second = fill(clones, ADDRESSES[1], 90)
        assert held.exists()
        assert not second.exists()


def take(clones: Clones, log: str) -> None:
    for _ in range(20):
        with clones.hold(ADDRESSES[0]) as mirror:
            mirror.mkdir(parents=True, exist_ok=True)
            (mirror / "taken").touch(exist_ok=False)
            (mirror / "taken").unlink()
    Path(log).touch()


def test_one_worker_at_a_time_has_a_mirror(tmp_path: Path) -> None:
    clones = Clones(tmp_path / "clones")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=take, args=(clones, str(tmp_path / f"done-{number}"))) for number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]


def test_a_mirror_is_forgotten(tmp_path: Path) -> None:
    clones = Clones(tmp_path / "clones")
    place = fill(clones, ADDRESSES[0], 10)
    clones.forget(ADDRESSES[0])
    clones.forget("https://example.org/never/seen")
    assert not place.exists()
    Clones(tmp_path / "missing").forget(ADDRESSES[0])


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GitError, match="cannot be written"), Clones(tmp_path / "file" / "clones").hold(ADDRESSES[0]):
        pass
