"""Where the parts of a repository lie, found by looking at files only: no git is started and no file of it is obeyed."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from auditor.errors import SourceError
from auditor.sources.opening import READ

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SMALL: Final = 64 * 1024
_LARGE: Final = 512 * 1024 * 1024
_ALTERNATES_DEPTH: Final = 5
_NEW_FORMAT: Final = re.compile(rb"objectformat|refstorage|repositoryformatversion\s*=\s*[^01\s]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """A repository on disk. `worktree` is None for a bare or mirror copy; `git_dir` differs from `common` in a linked worktree."""

    git_dir: Path
    common: Path
    worktree: Path | None
    object_format: str = "sha1"
    reftable: bool = False
    objects: tuple[Path, ...] = ()
    problems: tuple[str, ...] = field(default=())

    @property
    def borrowed(self) -> tuple[Path, ...]:
        """Object folders of other repositories (alternates)."""
        return self.objects[1:]


def text(raw: bytes) -> str:
    r"""Return bytes of a path or name as text; what is not UTF-8 shows as `\xNN`, so that every report can encode it."""
    return raw.decode("utf-8", "backslashreplace")


def join(folder: Path, path: bytes) -> Path:
    """Return a path below a folder; an empty one is the folder itself."""
    return folder / os.fsdecode(path) if path else folder


def read_regular(path: Path, limit: int = _SMALL) -> bytes | None:
    """Return a regular file's first bytes; None for anything else. A FIFO would block, a device has no end."""
    try:
        descriptor = os.open(path, READ)
    except (OSError, ValueError):
        return None
    with open(descriptor, "rb", closefd=True) as file:  # noqa: PTH123  it is open already
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        try:
            return file.read(limit)
        except OSError:
            return None


def read_packed_refs(path: Path) -> bytes:
    """Return the packed refs, empty where there are none."""
    return read_regular(path, _LARGE) or b""


def is_git_dir(path: Path) -> bool:
    """Tell whether a folder is itself a repository's git folder, as a bare copy is."""
    return (path / "objects").is_dir() and (path / "refs").is_dir() and os.path.lexists(path / "HEAD")


def find(path: Path) -> Layout | None:
    """Return the repository whose root or git folder this is; None when it is neither.

    Raises:
        SourceError: it has a `.git` that leads nowhere, or a format that nobody knows.
    """
    if path.name == ".git" and is_git_dir(path):
        return _layout(path, path.parent)
    if os.path.lexists(path / ".git"):
        return _layout(_follow(path / ".git"), path)
    if is_git_dir(path):
        return _layout(path, None)
    if (path / "commondir").is_file() and os.path.lexists(path / "HEAD"):
        return _layout(path, None)
    return None


def find_upwards(path: Path) -> Layout | None:
    """Return the repository in whose working tree a folder lies; None when no folder above it has one."""
    for parent in path.parents:
        if os.path.lexists(parent / ".git"):
            try:
                return find(parent)
            except SourceError:
                return None
    return None


def _follow(dot_git: Path) -> Path:
    """Return the git folder behind `.git`: itself, or the one that a `gitdir:` line names. One step, so there are no loops."""
    if dot_git.is_dir():
        return dot_git
    content = read_regular(dot_git)
    if content is None:
        msg = f"{dot_git} is neither a folder nor a readable file, so its repository cannot be found."
        raise SourceError(msg, hint="Clone the repository again.")
    match = re.match(rb"gitdir:\s*(.+?)\s*\Z", content, re.DOTALL)
    if match is None or b"\0" in content:
        msg = f"{dot_git} is a file that names no git folder."
        raise SourceError(msg, hint="Clone the repository again, or remove this file to audit the folder as plain files.")
    target = dot_git.parent / os.fsdecode(match[1])
    if not target.is_dir():
        msg = f"{dot_git} names a git folder that is not there or is no folder."
        raise SourceError(msg, hint="Audit the main working tree instead, or run git worktree repair there.")
    return target.resolve()


def _layout(git_dir: Path, worktree: Path | None) -> Layout:
    git_dir = git_dir.resolve()
    common = git_dir
    named = read_regular(git_dir / "commondir")
    if named is not None and b"\0" not in named:
        common = (git_dir / os.fsdecode(named.strip())).resolve()
    if not (common / "objects").is_dir():
        msg = f"{git_dir} is not a complete git folder: it has no objects."
        raise SourceError(msg, hint="Clone the repository again.")
    extensions = _extensions(common / "config")
    if extensions.version not in {"0", "1"}:
        msg = f"{common} has repository format {extensions.version!r}, which auditor does not know."
        raise SourceError(msg, hint="Clone it again with a released version of git.")
    if extensions.object_format not in {"sha1", "sha256"}:
        msg = f"{common} uses object format {extensions.object_format!r}, which auditor does not know."
        raise SourceError(msg, hint="Clone it again with a released version of git.")
    problems: list[str] = []
    objects = tuple(_object_folders(common / "objects", problems))
    reftable = extensions.ref_storage == "reftable" or (common / "reftable").is_dir()
    return Layout(git_dir, common, worktree, extensions.object_format, reftable, objects, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Extensions:
    version: str = "0"
    object_format: str = "sha1"
    ref_storage: str = "files"


def _extensions(config: Path) -> _Extensions:
    """Read what decides the format; the parser is loaded only when the file mentions something other than the usual."""
    content = read_regular(config, 1 << 20)
    if content is None or not _NEW_FORMAT.search(content):
        return _Extensions()
    from auditor.sources.git import read_config  # noqa: PLC0415  the usual repository does without the parser

    values = read_config(config)
    return _Extensions(
        version=_last(values, "core.repositoryformatversion", "0"),
        object_format=_last(values, "extensions.objectformat", "sha1").lower(),
        ref_storage=_last(values, "extensions.refstorage", "files").lower(),
    )


def _last(values: dict[str, list[str]], key: str, default: str) -> str:
    return (values.get(key) or [default])[-1]


def _object_folders(first: Path, problems: list[str]) -> Iterator[Path]:
    """Yield the object folder and those that it borrows from, in the order and to the depth that git follows."""
    seen: set[Path] = set()
    level = [first.resolve()]
    for _ in range(_ALTERNATES_DEPTH + 1):
        following: list[Path] = []
        for folder in level:
            if folder in seen:
                continue
            seen.add(folder)
            yield folder
            for line in (read_regular(folder / "info" / "alternates") or b"").splitlines():
                if not line.strip() or line.startswith(b"#") or b"\0" in line:
                    continue
                other = folder / os.fsdecode(line)
                if other.is_dir():
                    following.append(other.resolve())
                else:
                    problems.append(f"borrowed objects are not here: {text(line)}")
        level = following
