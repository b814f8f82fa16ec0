"""Trees that no commit leads to: dangling ones, and those that were tagged. Read one by one, each walked once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.sources.git import keep
from auditor.sources.objects import stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditor.sources.git import Git

TREE: Final = b"40000"
LINK: Final = b"160000"


def parse_tree(data: bytes, digits: int) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield mode, name and id of each entry of a raw tree; a cut off tree ends early."""
    width = digits // 2
    position = 0
    while position < len(data):
        space = data.find(b" ", position)
        end = data.find(b"\0", space)
        if space < 0 or end < 0 or end + 1 + width > len(data):
            return
        yield data[position:space], data[space + 1 : end], data[end + 1 : end + 1 + width].hex().encode()
        position = end + 1 + width


def loose_paths(git: Git, trees: set[bytes], ids: Path) -> tuple[dict[bytes, bytes], list[bytes]]:
    """Return a path for each blob below trees that no commit leads to, and the trees that cannot be read.

    A tree that lies in several others is walked once: what counts is that its content gets a name.
    """
    entries: dict[bytes, list[tuple[bytes, bytes, bytes]]] = {}
    damaged: list[bytes] = []
    keep(ids, b"".join(oid + b"\n" for oid in sorted(trees)))
    for oid, _, data in stream(git, ids):
        if data is None:
            damaged.append(oid)
        else:
            entries[oid] = list(parse_tree(data, git.digits))
    inner = {child for listed in entries.values() for mode, _, child in listed if mode == TREE}
    paths: dict[bytes, bytes] = {}
    seen: set[bytes] = set()
    stack = [(oid, b"") for oid in sorted(entries) if oid not in inner]
    while stack:
        oid, prefix = stack.pop()
        if oid in seen:
            continue
        seen.add(oid)
        for mode, name, child in entries.get(oid, ()):
            if mode == TREE:
                stack.append((child, prefix + name + b"/"))
            elif mode != LINK:
                paths.setdefault(child, prefix + name)
    return paths, damaged
