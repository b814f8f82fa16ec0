"""One git that gives files of the tip one by one, also after an object that it dies of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.sources.layout import find
from auditor.sources.repository import Part, Repository
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path


def test_a_damaged_file_costs_only_itself(tmp_path: Path) -> None:
    work = GitRepo.create(tmp_path / "service")
    work.commit({"a.txt": "first", "b.txt": "second" * 1000, "c.txt": "third", "large.txt": "x" * 5000}, "Begin")
    ids = {name: work.git("rev-parse", f"HEAD:{name}").strip().encode() for name in ("a.txt", "b.txt", "c.txt", "large.txt")}
    work.corrupt_object(ids["b.txt"].decode())
    layout = find(work.path)
    assert layout is not None
    repository = Repository(layout, Part(), 4000)
    try:
        contents = repository.contents
        assert contents.read(ids["a.txt"]) == b"first"
        assert contents.read(ids["b.txt"]) is None
        assert contents.read(ids["c.txt"]) == b"third"
        assert contents.read(b"0" * 40) is None
        assert contents.read(ids["a.txt"]) == b"first"
        assert contents.sizes_of([ids["c.txt"], b"0" * 40]) == {ids["c.txt"]: 5}
        assert contents.readable([ids["a.txt"], ids["large.txt"]]) == {ids["a.txt"]}
    finally:
        repository.close()
