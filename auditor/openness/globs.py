"""Paths against globs, in the syntax that people know from `.gitignore`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache(maxsize=256)
def _compiled(globs: tuple[str, ...]) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(globs)


def matches(path: str, globs: Iterable[str]) -> bool:
    """Tell whether a path matches any of the globs."""
    return bool(_compiled(tuple(globs)).match_file(path))
