"""A wiki is a git repository beside the repository: every version of every page, as texts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.errors import AuditorError
from auditor.model.forge import ForgeText, ForgeTexts
from auditor.sources.git import Git, find_git
from auditor.sources.mirrors import Remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from auditor.sources.mirrors import Access

_LARGEST: Final = 16 * 1024 * 1024
_ALL_OF_IT: Final = 512 * 1024 * 1024
_NOT_THERE: Final = "or the credential may not see it"
_ANONYMOUS: Final = "needs a credential that was not given"


def read_wiki(address: str, access: Access | None = None) -> ForgeTexts:
    """Clone a wiki into a temporary folder and return its pages; a wiki without pages is no repository yet.

    Args:
        address: of the wiki's repository.
        access: the credential.
    """
    remote = Remote(address, access, timeout=600)
    try:
        with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
            mirror = Path(folder) / "wiki.git"
            shown = remote.look()
            remote.update(mirror, shown)
            return _pages(Git(find_git(), mirror, shown.object_format))
    except AuditorError as error:
        # Who may read the repository may read its wiki: what is not there for them has no pages yet.
        if _NOT_THERE in error.message or (access is None and _ANONYMOUS in error.message):
            return ForgeTexts()
        return ForgeTexts(unread=(("wiki", error.message.rstrip(".")),))


def _pages(git: Git) -> ForgeTexts:
    """Read every object once; the newest version of a page has its plain name, older ones theirs with their object id."""
    paths: dict[str, str] = {}
    for line in git.run("rev-list", "--objects", "--all").decode("utf-8", "backslashreplace").splitlines():
        oid, _, path = line.partition(" ")
        if path:
            paths[oid] = path
    names, unread, seen, total = dict[str, str](), list[tuple[str, str]](), set[str](), 0
    for line in git.run("cat-file", "--batch-check", stdin=_lines(paths)).decode().splitlines():
        oid, kind, size = line.split(" ")
        if kind != "blob":
            continue
        name = f"wiki/{paths[oid]}" + (f" ({oid[:12]})" if paths[oid] in seen else "")
        seen.add(paths[oid])
        if int(size) > _LARGEST or total + int(size) > _ALL_OF_IT:
            unread.append((name, "too large"))
        else:
            total += int(size)
            names[oid] = name
    content = git.run("cat-file", "--batch", stdin=_lines(names))
    return ForgeTexts(tuple(_texts(content, names)), tuple(unread))


def _lines(oids: Iterable[str]) -> bytes:
    return "".join(f"{oid}\n" for oid in oids).encode()


def _texts(content: bytes, names: Mapping[str, str]) -> Iterator[ForgeText]:
    """Take apart what `cat-file --batch` printed: a line with id, type and size, then the content and a line end."""
    at = 0
    while at < len(content):
        end = content.index(b"\n", at)
        oid, _, size = content[at:end].decode().split(" ")
        yield ForgeText(names[oid], content[end + 1 : end + 1 + int(size)])
        at = end + 1 + int(size) + 1
