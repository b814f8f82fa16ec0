"""The wiki: every version of every page, and a word where it could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.forge import ForgeTexts
from auditor.sources.mirrors import Access
from auditor.sources.wiki import read_wiki
from tests.githttp import serve
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def served(tmp_path: Path) -> Path:
    repo = GitRepo.create(tmp_path / "served" / "team" / "service.wiki.git")
    first = repo.commit({"Home.md": "old text\n", "How to/Deploy.md": "steps\n"}, "Begin")
    repo.commit({"Home.md": "new text\n", "picture.png": b"\x00\n\x01"}, "Go on")
    assert first
    return tmp_path / "served"


def test_every_version_of_every_page(served: Path) -> None:
    with serve(served) as host:
        texts = read_wiki(f"{host.url}/team/service.wiki.git")
    found = {text.name.partition(" (")[0]: text.data for text in texts.texts if text.name.endswith(")")}
    assert found == {"wiki/Home.md": b"old text\n"}
    assert {text.name: text.data for text in texts.texts if not text.name.endswith(")")} == {
        "wiki/Home.md": b"new text\n",
        "wiki/How to/Deploy.md": b"steps\n",
        "wiki/picture.png": b"\x00\n\x01",
    }
    assert texts.unread == ()


def test_a_wiki_without_pages_is_none(served: Path) -> None:
    with serve(served) as host:
        assert read_wiki(f"{host.url}/team/nothing.wiki.git") == ForgeTexts()


def test_a_wiki_that_cannot_be_read_is_said_without_the_credential(served: Path) -> None:
    with serve(served, token="right") as host:
        texts = read_wiki(f"{host.url}/team/service.wiki.git", Access(host.netloc, "wrong-one"))
    ((name, reason),) = texts.unread
    assert name == "wiki"
    assert "could not be fetched" in reason
    assert "wrong-one" not in repr(texts)


def test_a_page_that_is_too_large_is_said(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.sources.wiki._LARGEST", 8)
    with serve(served) as host:
        texts = read_wiki(f"{host.url}/team/service.wiki.git")
    assert next(name for name, _ in texts.unread) == "wiki/Home.md"
    assert {text.name for text in texts.texts} == {"wiki/How to/Deploy.md", "wiki/picture.png"}
