from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from auditor.errors import OutputError
from auditor.org.site import check_folder, write_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".auditor-site"
    }


def test_pages_are_private_and_old_ones_go(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert write_site(site, [("index.html", "one"), ("repositories/a.html", b"a"), ("repositories/b.html", "b")]) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in site.rglob("*.html")} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (site, site / "repositories")} == {0o700}
    write_site(site, [("index.html", "two"), ("repositories/b.html", "b")])
    assert files(site) == {"index.html": "two", "repositories/b.html": "b"}


def test_a_run_that_broke_off_loses_no_old_page_and_leaves_a_folder_that_is_ours(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, [("index.html", "one"), ("old.html", "old")])

    def broken() -> Iterator[tuple[str, str]]:
        yield "index.html", "two"
        yield "new.html", "new"
        msg = "stopped"
        raise KeyboardInterrupt(msg)

    with pytest.raises(KeyboardInterrupt):
        write_site(site, broken())
    assert files(site) == {"index.html": "two", "old.html": "old", "new.html": "new"}
    write_site(site, [("index.html", "three")])
    assert files(site) == {"index.html": "three"}


def test_files_of_somebody_else_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="did not write"):
        check_folder(tmp_path)
    with pytest.raises(OutputError):
        write_site(tmp_path, [("index.html", "")])
    with pytest.raises(OutputError, match="not a folder"):
        check_folder(tmp_path / "thesis.txt")


@pytest.mark.parametrize("name", ["../outside.html", "/etc/outside.html", "a/../../outside.html", "", "a\nb.html"])
def test_no_page_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="leads out"):
        write_site(tmp_path / "site", [(name, "")])
    assert not (tmp_path / "outside.html").exists()
