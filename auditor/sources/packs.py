"""Whether the packs of a repository are whole: what was read from them once need not be read again only if they still are."""

from __future__ import annotations

import hashlib
import os
from typing import IO, TYPE_CHECKING, Final

from auditor.sources.opening import READ

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditor.model.memory import Memory
    from auditor.sources.git import Git
    from auditor.sources.layout import Layout

_CHUNK: Final = 1 << 20
_FAN_OUT: Final = 2


def all_sound(layout: Layout, memory: Memory) -> bool:
    """Tell whether each pack and each index is what git wrote: its last bytes are the digest of all before.

    A file that was sound and has not been touched since is not read again.
    """
    return all(_sound(path, layout.object_format, memory) for path in _pack_files(layout))


def pack_marks(layout: Layout) -> dict[str, Path]:
    """Return each pack and each index by its name and the state it is in; one that cannot be opened has no mark."""
    found: dict[str, Path] = {}
    for path in _pack_files(layout):
        try:
            found[_mark(path, path.stat())] = path
        except OSError:
            continue
    return found


def ids_in(index: Path, git: Git) -> set[bytes]:
    """Return the ids that the index of a pack lists.

    Raises:
        GitError: it is damaged.
        OSError: it cannot be read.
    """
    rows = git.run("show-index", stdin=index.read_bytes()).splitlines()
    return {row.split(b" ", 2)[1] for row in rows}


def _mark(path: Path, facts: os.stat_result) -> str:
    return repr((str(path), facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns))


def loose_objects(layout: Layout) -> frozenset[bytes]:
    """Return the ids of the objects that lie in files of their own."""
    found: set[bytes] = set()
    for folder in layout.objects:
        for outer in _names(folder):
            if len(outer) == _FAN_OUT and outer.isalnum():
                found.update(os.fsencode(outer + inner) for inner in _names(folder / outer))
    return frozenset(found)


def holds_something(layout: Layout) -> bool:
    """Tell whether there are files of objects, whatever is in them."""
    return any(len(name) == _FAN_OUT and _names(folder / name) for folder in layout.objects for name in _names(folder)) or any(
        True for _ in _pack_files(layout)
    )


def _pack_files(layout: Layout) -> Iterator[Path]:
    for folder in layout.objects:
        for name in sorted(_names(folder / "pack")):
            if name.endswith((".pack", ".idx")):
                yield folder / "pack" / name


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _sound(path: Path, digest: str, memory: Memory) -> bool:
    try:
        with os.fdopen(os.open(path, READ), "rb", buffering=0) as file:
            facts = os.fstat(file.fileno())
            mark = _mark(path, facts).encode()
            if memory.trusts(mark):
                return True
            whole = _ends_with_its_digest(file, facts.st_size, digest)
    except OSError:
        return False
    if whole:
        memory.trust(mark)
    return whole


def _ends_with_its_digest(file: IO[bytes], size: int, name: str) -> bool:
    digest = hashlib.new(name, usedforsecurity=False)
    left = size - digest.digest_size
    while left > 0:
        part = file.read(min(left, _CHUNK))
        if not part:
            return False
        digest.update(part)
        left -= len(part)
    return left == 0 and file.read(digest.digest_size) == digest.digest()
