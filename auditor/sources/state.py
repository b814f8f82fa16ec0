"""Whether a bare repository on this disk is the one that was looked at: its refs, and which objects it holds."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from auditor.errors import SourceError
from auditor.sources.layout import find, read_packed_refs, read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def local_state(path: Path) -> str:
    """Return one value for all that a bare copy holds; empty for a working tree or folder, which only a scan can compare.

    No object is read: packs by their names, which are the digests of what they hold, and loose objects by theirs.
    """
    try:
        layout = find(path.resolve(strict=True))
    except (OSError, RuntimeError, ValueError, SourceError):
        return ""
    if layout is None or layout.worktree is not None or layout.reftable:
        return ""
    digest = hashlib.sha256()
    for name in ("HEAD", "shallow", "config"):
        digest.update(name.encode() + b"\0" + (read_regular(layout.git_dir / name, 1 << 20) or b"") + b"\0")
    digest.update(read_packed_refs(layout.common / "packed-refs"))
    for name, content in sorted(_loose_refs(layout.common / "refs")):
        digest.update(os.fsencode(name) + b"\0" + content + b"\0")
    for folder in layout.objects:
        for name in sorted(_object_names(folder)):
            digest.update(os.fsencode(name) + b"\0")
    return digest.hexdigest()


def _loose_refs(folder: Path) -> Iterator[tuple[str, bytes]]:
    for parent, _, names in os.walk(folder):
        for name in names:
            path = folder / parent / name
            yield str(path), read_regular(path) or b""


def _object_names(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        yield from (f"{parent}/{name}" for name in names)
