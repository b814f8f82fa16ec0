"""Refs: read as files, classed by who sees them."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.model.levels import Exposure
from auditor.sources.layout import read_packed_refs, read_regular, text
from auditor.sources.opening import READ, portable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditor.sources.layout import Layout

_PACKED: Final = re.compile(rb"^([0-9a-f]{40}|[0-9a-f]{64}) (\S[^\n]*)$", re.MULTILINE)
_OID: Final = re.compile(rb"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_SAFE_NAME: Final = re.compile(rb"refs/(?!.*(?:\.\.|//|@\{|/\.|\.lock(?:/|\Z)))[^\x00-\x20~^:?*\[\\\x7f]+(?<![/.])\Z")
_SYMBOLIC_DEPTH: Final = 5

_CLASSES: Final = {
    b"refs/heads": Exposure.BRANCH_OR_TAG,
    b"refs/tags": Exposure.BRANCH_OR_TAG,
    b"refs/remotes": Exposure.BRANCH_OR_TAG,
    b"refs/pull": Exposure.PULL_REQUEST_REF,
    b"refs/pull-requests": Exposure.PULL_REQUEST_REF,
    b"refs/merge-requests": Exposure.PULL_REQUEST_REF,
    b"refs/changes": Exposure.PULL_REQUEST_REF,
    b"refs/stash": Exposure.LOCAL_ONLY,
    b"refs/bisect": Exposure.LOCAL_ONLY,
    b"refs/worktree": Exposure.LOCAL_ONLY,
    b"refs/rewritten": Exposure.LOCAL_ONLY,
}


@dataclass(frozen=True, slots=True)
class Refs:
    """Every ref by name, what HEAD names and where it leads, and refs that could not be read."""

    names: dict[bytes, bytes]
    head: bytes | None = None
    head_name: bytes | None = None
    broken: tuple[str, ...] = ()


def exposure(name: bytes) -> Exposure:
    """Say who sees what a ref leads to."""
    end = name.find(b"/", len(b"refs/"))
    return _CLASSES.get(name if end < 0 else name[:end], Exposure.OTHER_REF)


def read_refs(layout: Layout) -> Refs:
    """Read packed refs, loose refs and HEAD. Symbolic refs are followed a few steps, so a loop among them ends."""
    names = {name: oid for oid, name in _PACKED.findall(read_packed_refs(layout.common / "packed-refs"))}
    symbolic: dict[bytes, bytes] = {}
    broken: list[str] = []
    for name, content in _loose(layout):
        if content is not None and _OID.match(content):
            names[name] = content
        elif content is not None and content.startswith(b"ref:"):
            symbolic[name] = content[4:].strip()
        else:
            broken.append(text(name))
            names.pop(name, None)
    for name in symbolic:
        if (oid := _resolve(name, names, symbolic)) is not None:
            names[name] = oid
    head_name, head = _head(layout.git_dir / "HEAD")
    if head_name is not None:
        head = _resolve(head_name, names, symbolic)
    return Refs(names, head, head_name, tuple(broken))


def raw_refs(layout: Layout) -> Iterator[bytes]:
    """Yield all that `read_refs` reads, as it lies there: while it stays, so do the refs."""
    head = layout.git_dir / "HEAD"
    yield os.fsencode(head.readlink()) if head.is_symlink() else read_regular(head) or b""
    yield read_packed_refs(layout.common / "packed-refs")
    for name, content in sorted(_loose(layout)):
        yield name
        yield b"-" if content is None else b"+" + content


def packed(refs: Refs) -> bytes:
    """Write refs as one packed-refs file; names that git would refuse are left out of it."""
    lines = [oid + b" " + name for name, oid in sorted(refs.names.items()) if _SAFE_NAME.match(name)]
    return b"\n".join(lines) + b"\n" if lines else b""


def _head(path: Path) -> tuple[bytes | None, bytes | None]:
    if path.is_symlink():
        target = os.fsencode(path.readlink())
        return (target if target.startswith(b"refs/") else None), None
    content = (read_regular(path) or b"").strip()
    if content.startswith(b"ref:"):
        return content[4:].strip(), None
    return None, content if _OID.match(content) else None


def _resolve(name: bytes, names: dict[bytes, bytes], symbolic: dict[bytes, bytes]) -> bytes | None:
    for _ in range(_SYMBOLIC_DEPTH):
        if name not in symbolic:
            return names.get(name)
        name = symbolic[name]
    return None


def _loose(layout: Layout) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield name and content of every loose ref; content is None where the file is not readable or no regular file."""
    folders = [layout.common] if layout.common == layout.git_dir else [layout.common, layout.git_dir]
    for folder in folders:
        root = os.fsencode(folder)
        for parent, _, files in os.walk(os.path.join(root, b"refs")):  # noqa: PTH118  bytes, which pathlib does not take
            for file in files:
                path = os.path.join(parent, file)  # noqa: PTH118
                if file.endswith(b".lock"):
                    continue
                yield portable(path[len(root) + 1 :]), _content(path)


def _content(path: bytes) -> bytes | None:
    try:
        descriptor = os.open(path, READ)
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return os.read(descriptor, 4096).strip()
    except OSError:
        return None
    finally:
        os.close(descriptor)
