from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.errors import UsageError
from auditor.org.inventory import of_list
from auditor.org.listing import excluded, read_list
from tests.org.samples import listed

if TYPE_CHECKING:
    from pathlib import Path


def test_addresses_and_paths_one_a_line(tmp_path: Path) -> None:
    listing = tmp_path / "list.txt"
    listing.write_text(
        "# ours\n\n  https://example.org/team/service.git  \nsub/folder/\n/absolute/place\nsub/folder\n", encoding="utf-8"
    )
    found = {one.full_name: one.clone_url for one in read_list(listing)}
    assert found == {
        "example.org/team/service": "https://example.org/team/service.git",
        "sub/folder": str(tmp_path / "sub" / "folder"),
        "/absolute/place": "/absolute/place",
    }


@pytest.mark.parametrize(
    "line",
    [
        "ext::sh -c touch% x",
        "--upload-pack=touch x",
        "-oProxyCommand=x",
        "ssh://example.org/a",
        "git@example.org:team/service.git",
        "git://example.org/a",
        "file:///etc",
        "http://example.org/a/b",
        "https://example.org/a b",
        "fd::17/foo",
    ],
)
def test_a_line_that_git_could_take_for_something_else_is_refused(line: str, tmp_path: Path) -> None:
    listing = tmp_path / "list.txt"
    listing.write_text(f"good\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="Line 2"):
        read_list(listing)


def test_a_password_in_a_line_is_not_repeated(tmp_path: Path) -> None:
    listing = tmp_path / "list.txt"
    listing.write_text("https://someone:" + "hidden-word@example.org/a/b\n", encoding="utf-8")
    with pytest.raises(UsageError, match="Line 1") as refused:
        read_list(listing)
    assert "hidden-word" not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"\xff\xfe\x00"])
def test_a_list_that_is_none_says_so(content: bytes, tmp_path: Path) -> None:
    listing = tmp_path / "list.txt"
    listing.write_bytes(content)
    with pytest.raises(UsageError):
        read_list(listing)


def test_a_list_that_is_missing_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_list(tmp_path / "none")


def test_patterns_leave_out_by_whole_name_or_last_part() -> None:
    one = listed("Team/Service-Test")
    assert excluded(one, ["*-test"])
    assert excluded(one, ["team/*"])
    assert not excluded(one, ["service"])
    assert not excluded(one, [])


def test_leaving_out_everything_is_an_error(tmp_path: Path) -> None:
    listing = tmp_path / "list.txt"
    listing.write_text("a\nb\n", encoding="utf-8")
    assert [one.full_name for one in of_list(listing, ("a",)).listed] == ["b"]
    assert of_list(listing, ("a",)).selection == ("without a",)
    with pytest.raises(UsageError, match="Nothing is left"):
        of_list(listing, ("*",))
