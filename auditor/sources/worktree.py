"""Files: the working tree of a repository, or a plain folder. Nothing is followed, nothing is written.

Content that is an object already is not read to the scanner twice: its object id is computed, which costs less than a scan.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.errors import GitError
from auditor.model.blob import Blob, Origin
from auditor.model.coverage import GapKind, Skipped
from auditor.sources.layout import join, text
from auditor.sources.lfs import POINTER, POINTER_LIMIT
from auditor.sources.objects import expander
from auditor.sources.opening import open_unfollowed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from auditor.sources.containers import Limits
    from auditor.sources.git import Git

_IGNORED_SECONDS: Final = 30.0
_PER_SHARE: Final = 400
_KINDS: Final = (
    (stat.S_ISFIFO, "a FIFO, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
)


@dataclass(slots=True)
class Listing:
    """What lies in a folder, paths relative to it: files and links, nested repositories, and what cannot be looked at."""

    files: list[bytes] = field(default_factory=list)
    nested: list[bytes] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    ignored: int = 0


def ignored_paths(git: Git, root: Path, index: Path) -> set[bytes]:
    """Ask git what the repository's own ignore files leave out, whole folders in one entry; nothing when git cannot say."""
    try:
        output = git.run(
            "ls-files",
            "-z",
            "--others",
            "--ignored",
            "--exclude-standard",
            "--directory",
            work_tree=root,
            index=index,
            timeout=_IGNORED_SECONDS,
        )
    except GitError:
        return set()
    return {path.rstrip(b"/") for path in output.split(b"\0") if path}


def list_files(root: Path, *, ignored: Collection[bytes] = (), submodules: Collection[bytes] = ()) -> Listing:
    """Walk a folder without following links."""
    listing = Listing()
    stack = [b""]
    base = os.fsencode(root)
    while stack:
        folder = stack.pop()
        try:
            with os.scandir(os.path.join(base, folder)) as entries:  # noqa: PTH118  bytes, which pathlib does not take
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            listing.skipped.append(Skipped(GapKind.OPAQUE, "folder", _why(error), path=text(folder) or "."))
            continue
        for entry in found:
            path = folder + b"/" + entry.name if folder else entry.name
            if entry.name == b".git" or path in submodules:
                continue
            if path in ignored:
                listing.ignored += 1
            elif entry.is_dir(follow_symlinks=False):
                if _is_repository(entry.path):
                    listing.nested.append(path)
                else:
                    stack.append(path)
            elif entry.is_file(follow_symlinks=False) or entry.is_symlink():
                listing.files.append(path)
            else:
                listing.skipped.append(Skipped(GapKind.OPAQUE, "file", _sort(entry), path=text(path)))
    return listing


def _is_repository(folder: bytes) -> bool:
    """Tell whether a folder has its own git folder, or is a bare copy."""
    join = os.path.join
    if os.path.lexists(join(folder, b".git")):
        return True
    return os.path.lexists(join(folder, b"HEAD")) and all(os.path.isdir(join(folder, name)) for name in (b"objects", b"refs"))  # noqa: PTH112  bytes


def _sort(entry: os.DirEntry[bytes]) -> str:
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        return _why(error)
    return next((name for test, name in _KINDS if test(mode)), "not a regular file")


def _why(error: OSError) -> str:
    return (error.strerror or "cannot be read").lower()


@dataclass(slots=True)
class FileFacts:
    """What a share of files noted: the id of each, the key under which new content was scanned, and what was left out."""

    prefix: str
    files: list[tuple[bytes, bytes]] = field(default_factory=list)
    keys: dict[bytes, str] = field(default_factory=dict)
    size: int = 0


@dataclass(slots=True)
class FileShare:
    """Some files of a folder; picklable, opened in the worker. `known` is a file of object ids that are scanned as objects."""

    root: Path
    paths: Sequence[bytes]
    max_size: int
    limits: Limits | None
    known: Path | None = None
    object_format: str = "sha1"
    prefix: str = ""
    noted: FileFacts | None = None

    def facts(self) -> FileFacts:
        """Return the ids of the files."""
        return self.noted or FileFacts(self.prefix)

    def items(self) -> Iterator[Blob | Skipped]:
        """Yield the content of each file that is no object, once, and a `Skipped` for each that cannot be read."""
        noted = self.noted = FileFacts(self.prefix)
        expand = expander(self.limits)
        known = frozenset(self.known.read_bytes().split()) if self.known is not None else frozenset()
        for path in self.paths:
            name = self.prefix + text(path)
            content = read_file(bytes(join(self.root, path)), self.max_size)
            if isinstance(content, str):
                yield Skipped(GapKind.OPAQUE, "file", content, oid=f"file:{name}", path=name)
                continue
            oid = blob_id(content, self.object_format)
            noted.files.append((path, oid))
            if oid in known or oid in noted.keys:
                continue
            key = noted.keys[oid] = f"file:{name}"
            noted.size += len(content)
            blob = Blob(key, len(content), content, Origin.FILE, name)
            yield blob
            if blob.size < POINTER_LIMIT and content.startswith(POINTER):
                yield Skipped(GapKind.OPAQUE, "file", "Git LFS object not fetched", oid=key, path=name)
            elif expand is not None:
                yield from expand(blob)


def split_files(share: FileShare, workers: int) -> list[FileShare]:
    """Cut a share of files into as many as are worth it."""
    count = len(share.paths)
    if not count:
        return []
    parts = max(1, min(workers, count // _PER_SHARE))
    bounds = [count * part // parts for part in range(parts + 1)]
    cut = [share.paths[bounds[part] : bounds[part + 1]] for part in range(parts)]
    return [
        FileShare(share.root, paths, share.max_size, share.limits, share.known, share.object_format, share.prefix) for paths in cut
    ]


def blob_id(content: bytes, object_format: str) -> bytes:
    """Return the id that git gives to content."""
    digest = hashlib.new(object_format, b"blob %d\0" % len(content), usedforsecurity=False)
    digest.update(content)
    return digest.hexdigest().encode()


def read_file(path: bytes, limit: int) -> bytes | str:
    """Return a file's content, a link's text, or in words why it cannot be read. A link is never followed."""
    try:
        descriptor = open_unfollowed(path)
    except OSError as error:
        try:
            return os.fsencode(Path(os.fsdecode(path)).readlink())
        except OSError:
            return _why(error)
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            return "not a regular file"
        if facts.st_size > limit:
            return f"larger than {limit // 1_000_000} MB"
        with open(descriptor, "rb", closefd=False) as file:
            content = file.read(limit + 1)
    except OSError as error:
        return _why(error)
    finally:
        os.close(descriptor)
    return content if len(content) <= limit else f"larger than {limit // 1_000_000} MB"
