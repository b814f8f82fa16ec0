"""Objects read from packs at home are those that git gives, or git is asked."""

from __future__ import annotations

import random
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.sources import objects, packed
from auditor.sources.git import Git, GitDirectory
from auditor.sources.layout import find
from auditor.sources.packed import Packs
from auditor.sources.refs import read_refs
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMS = {"by offset": "true", "by id": "false"}


@contextmanager
def ours(path: Path) -> Iterator[Git]:
    layout = find(path)
    assert layout is not None
    directory = GitDirectory(layout, read_refs(layout))
    try:
        yield directory.git
    finally:
        directory.close()


def versions(repo: GitRepo) -> None:
    """Commit versions of a text, something that is larger than a block however it is packed, something empty, and a tag."""
    chance = random.Random(7)  # noqa: S311  no secret: the same at every run
    lines = [f"setting_{number} = {chance.random()}" for number in range(300)]
    for number in range(12):
        lines[chance.randrange(300)] = f"changed_{number} = {chance.random()}"
        repo.commit({"a/settings.txt": "\n".join(lines), "noise.bin": chance.randbytes(9000), "empty": ""}, f"Version {number}")
    repo.tag("v1", message="First")


def packed_repo(path: Path, *, object_format: str = "sha1", by_offset: str = "true") -> GitRepo:
    repo = GitRepo.create(path, object_format=object_format)
    versions(repo)
    repo.git("-c", f"repack.useDeltaBaseOffset={by_offset}", "repack", "-q", "-adf", "--depth=20", "--window=20")
    return repo


def names(repo: GitRepo) -> list[bytes]:
    return repo.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)").encode().split()


def given_by_git(git: Git, folder: Path, oids: list[bytes]) -> dict[bytes, tuple[bytes, bytes | None]]:
    ids = folder / "ids"
    ids.write_bytes(b"".join(oid + b"\n" for oid in oids))
    with ids.open("rb") as source:
        return {oid: (kind, data) for oid, kind, data in objects._from_git(git, source)}


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
@pytest.mark.parametrize("form", FORMS)
def test_every_object_is_what_git_gives(tmp_path: Path, object_format: str, form: str) -> None:
    repo = packed_repo(tmp_path / "repo", object_format=object_format, by_offset=FORMS[form])
    oids = names(repo)
    assert "chain length = " in repo.git("verify-pack", "-v", str(next(repo.git_dir.glob("objects/pack/*.idx"))))
    with ours(repo.path) as git, Packs(git) as packs:
        known = given_by_git(git, tmp_path, oids)
        assert {oid: packs.read(oid) for oid in oids} == known
        assert {oid: packs.read(oid) for oid in reversed(oids)} == known
        assert packs.read(b"1" * len(oids[0])) is None


def test_a_base_that_was_forgotten_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_REMEMBERED", 0)
    repo = packed_repo(tmp_path / "repo")
    oids = names(repo)
    with ours(repo.path) as git, Packs(git) as packs:
        assert {oid: packs.read(oid) for oid in oids} == given_by_git(git, tmp_path, oids)


def test_several_packs_borrowed_ones_and_loose_objects(tmp_path: Path) -> None:
    repo = packed_repo(tmp_path / "repo")
    borrowing = GitRepo(tmp_path / "borrowing")
    repo.git("clone", "-q", "--shared", str(repo.path), str(borrowing.path))
    borrowing.commit({"more.txt": "of its own"})
    borrowing.git("repack", "-q", "-dl")
    loose = borrowing.commit({"loose.txt": "in a file of its own"}).encode()
    with ours(borrowing.path) as git, Packs(git) as packs:
        inside = {oid: found for oid in names(borrowing) if (found := packs.read(oid)) is not None}
        assert inside == given_by_git(git, tmp_path, list(inside))
        assert packs.read(loose) is None
    assert {*names(repo)} < {*inside}
    assert b"of its own" in {data for _, data in inside.values()}


def test_git_gives_what_is_not_in_a_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "MANY", 1)
    repo = packed_repo(tmp_path / "repo")
    repo.commit({"loose.txt": "in a file of its own"})
    oids = names(repo)
    ids = tmp_path / "all"
    ids.write_bytes(b"".join(oid + b"\n" for oid in [*oids, b"1" * 40]))
    with ours(repo.path) as git:
        streamed = {oid: (kind, data) for oid, kind, data in objects.stream(git, ids)}
        known = given_by_git(git, tmp_path, oids)
    assert streamed == {**known, b"1" * 40: (b"missing", None)}


@pytest.mark.parametrize("part", ["_LARGEST", "_INDEXES", "_MOST", "_LONGEST_CHAIN"])
def test_what_is_beyond_a_bound_is_left_to_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setattr(packed, part, 0)
    repo = packed_repo(tmp_path / "repo")
    oids = names(repo)
    with ours(repo.path) as git, Packs(git) as packs:
        known = given_by_git(git, tmp_path, oids)
        found = {oid: packs.read(oid) for oid in oids}
    assert None in found.values()
    assert all(answer in {None, known[oid]} for oid, answer in found.items())


def test_without_its_compiled_part_git_is_faster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_COMPILED", False)
    repo = packed_repo(tmp_path / "repo")
    with ours(repo.path) as git, Packs(git) as packs:
        assert packs.read(names(repo)[0]) is None


@given(st.integers(0, 1 << 62), st.integers(0, 1 << 62), st.binary(max_size=4))
def test_how_large_a_delta_makes_its_result(base: int, result: int, rest: bytes) -> None:
    def written(number: int) -> bytes:
        return written_on(number >> 7, number & 127)

    def written_on(more: int, byte: int) -> bytes:
        return bytes([byte | 128]) + written(more) if more else bytes([byte])

    assert packed._result_size(written(base) + written(result) + rest) == result
    with pytest.raises(ValueError, match="without an end"):
        packed._result_size(written(base) + b"\x80" * 100)


@pytest.mark.parametrize("name", ["index of nothing", "cut index", "no pack"])
def test_a_pack_that_cannot_be_opened_is_left_to_git(tmp_path: Path, name: str) -> None:
    repo = packed_repo(tmp_path / "repo")
    oids = names(repo)
    index = next(repo.git_dir.glob("objects/pack/*.idx"))
    index.chmod(0o600)
    with ours(repo.path) as git:
        if name == "index of nothing":
            index.write_bytes(b"\xfftOc\0\0\0\x02")
        elif name == "cut index":
            index.write_bytes(index.read_bytes()[:1100])
        else:
            index.with_suffix(".pack").unlink()
        with Packs(git) as packs:
            assert {packs.read(oid) for oid in oids} == {None}


class Spoilt:
    """A pack, its bytes while it was whole, and a git that reads it: no dataclass, for hypothesis would print it all."""

    def __init__(self, pack: Path, git: Git, oids: list[bytes]) -> None:
        self.pack, self.whole, self.git, self.oids = pack, pack.read_bytes(), git, oids


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spoilt]:
    folder = tmp_path_factory.mktemp("spoilt")
    repo = packed_repo(folder / "repo")
    pack = next(repo.git_dir.glob("objects/pack/*.pack"))
    pack.chmod(0o600)
    with ours(repo.path) as git:
        yield Spoilt(pack, git, names(repo))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 1 << 30), change=st.integers(1, 255), cut=st.booleans())
def test_of_a_damaged_pack_nothing_is_read_that_git_does_not_read(
    spoilt: Spoilt, tmp_path: Path, place: int, change: int, *, cut: bool
) -> None:
    damaged = bytearray(spoilt.whole)
    place %= len(damaged)
    damaged[place] ^= change
    spoilt.pack.write_bytes(damaged[:place] if cut else damaged)
    with Packs(spoilt.git) as packs:
        found = {oid: answer for oid in spoilt.oids if (answer := packs.read(oid)) is not None}
    known = given_by_git(spoilt.git, tmp_path, list(found))
    assert {oid: answer for oid, answer in found.items() if known[oid] != answer} == {}
