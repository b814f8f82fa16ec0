"""Text that is no file: paths, ref names, and the repository's own configuration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.model.blob import Blob, Origin
from auditor.sources.layout import read_regular, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from auditor.sources.layout import Layout

_NUMBERED: Final = re.compile(rb"refs/(?:pull|pull-requests|merge-requests)/\d+/\w+\Z")
_NOTE: Final = re.compile(r"(?:[0-9a-f]{2}/)*[0-9a-f]{30,64}\Z")
_CONFIG_LIMIT: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class NameShare:
    """Names as content. Names that only count (refs/pull/17/head) or are object ids (notes) say nothing."""

    paths: Sequence[str]
    refs: Sequence[tuple[str, bytes]]

    def items(self) -> Iterator[Blob]:
        """Yield one blob for each name."""
        for path in self.paths:
            if not _NOTE.match(path):
                data = path.encode("utf-8", "replace")
                yield Blob(f"path:{path}", len(data), data, Origin.FILE_NAME, path)
        for prefix, name in self.refs:
            if not _NUMBERED.match(name):
                yield Blob(f"ref:{prefix}{text(name)}", len(name), name, Origin.REF_NAME)

    def facts(self) -> object:
        """Return nothing: names are not traced."""
        return None


@dataclass(frozen=True, slots=True)
class ConfigShare:
    """The repository's own configuration: addresses of remotes, credentials, hooks. Read as text, never obeyed."""

    files: Sequence[tuple[str, Path]]

    def items(self) -> Iterator[Blob]:
        """Yield one blob for each file."""
        for name, path in self.files:
            data = read_regular(path, _CONFIG_LIMIT)
            if data:
                yield Blob(f"config:{name}", len(data), data, Origin.CONFIG, name)

    def facts(self) -> object:
        """Return nothing: where these stand is known."""
        return None


def config_files(layout: Layout, prefix: str) -> list[tuple[str, Path]]:
    """List the files of a git folder that people write to, with the names under which they are reported."""
    shown = prefix + (".git/" if layout.worktree is not None else "")
    found: dict[Path, str] = {}
    for folder in (layout.common, layout.git_dir):
        for name in ("config", "config.worktree", "FETCH_HEAD"):
            found.setdefault(folder / name, shown + name)
    for path in _children(layout.common / "hooks"):
        if path.suffix != ".sample":
            found.setdefault(path, f"{shown}hooks/{text(path.name.encode('utf-8', 'surrogateescape'))}")
    for path in _children(layout.common / "modules"):
        found.setdefault(path / "config", f"{shown}modules/{text(path.name.encode('utf-8', 'surrogateescape'))}/config")
    return [(name, path) for path, name in found.items()]


def _children(folder: Path) -> Iterable[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return ()
