"""Symbolic links of the tip, followed inside the tree and nowhere else."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.openness.registry import CheckContext

_LINK = "120000"
_HOPS = 8
_LONGEST = 4096


def follow(context: CheckContext, path: str) -> str | None:
    """Return the path of the file that a path leads to, None where it leaves the tree, loops or leads to nothing."""
    tree = context.view.tree
    for _ in range(_HOPS):
        entry = tree.get(path)
        if entry is None:
            return None
        if entry.mode != _LINK:
            return path
        target = context.view.read(path, limit=_LONGEST)
        if target is None:
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), target.decode("utf-8", "replace")))
        if path.startswith(("../", "/")):
            return None
    return None
