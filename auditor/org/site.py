"""Writing a site: files that only their owner can read, in a folder that is new, empty, or was written by us before."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from auditor.errors import OutputError
from auditor.org.digest import unpack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditor.model.report import AuditReport
    from auditor.org.store import Store

_MARK: Final = ".auditor-site"
"""A file with the names of everything that was written, by which a folder is known as ours and old pages are removed."""


def stored_report(store: Store, scope: str, name: str) -> AuditReport | None:
    """Return the stored report of a repository: read when its page is due, so that reports are never in memory together."""
    document = store.document(scope, name)
    return None if document is None else unpack(document, name)


def check_folder(folder: Path) -> None:
    """Fail before the run, not after it, where the site cannot be written.

    Raises:
        OutputError: the folder holds files of somebody else, or cannot be written.
    """
    try:
        if folder.exists() and not folder.is_dir():
            msg = f"{folder} is not a folder."
            raise OutputError(msg, hint="Name a folder for the site.")
        if folder.is_dir() and any(folder.iterdir()) and not (folder / _MARK).is_file():
            msg = f"{folder} holds files that auditor did not write."
            raise OutputError(msg, hint="Name a new or empty folder for the site.")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _failed(folder, error) from None
    if not os.access(folder, os.W_OK):
        msg = f"The folder {folder} cannot be written to."
        raise OutputError(msg, hint="Choose another folder for the site.")


def write_site(folder: Path, pages: Iterable[tuple[str, str | bytes]]) -> int:
    """Write every page, remove those of an earlier run that are no longer part of the site, and return how many were written.

    Raises:
        OutputError: the disk is full, or the folder cannot be written.
    """
    check_folder(folder)
    written: list[str] = []
    try:
        before = _written(folder)
        for name, content in pages:
            place = _path(folder, name)
            if name not in before:
                _note(folder, name)  # first, so that a page is known as ours whatever happens
            _write(place, content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))
            written.append(name)
        for name in before - set(written):
            _path(folder, name).unlink(missing_ok=True)
        _write(folder / _MARK, "".join(f"{name}\n" for name in sorted(written)).encode())
    except OSError as error:
        raise _failed(folder, error) from None
    return len(written)


def _note(folder: Path, name: str) -> None:
    with (folder / _MARK).open("a", encoding="utf-8") as mark:
        mark.write(f"{name}\n")


def _written(folder: Path) -> set[str]:
    if not (folder / _MARK).exists():
        _write(folder / _MARK, b"")
    return set((folder / _MARK).read_text(encoding="utf-8").splitlines())


def _write(target: Path, data: bytes) -> None:
    """Write a file, mode 0600, whole or not at all."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=".auditor-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).replace(target)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _path(folder: Path, name: str) -> Path:
    """Return the place of a page; a name that leads out of the folder is refused."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts or "\n" in name:
        msg = "A page of the site has a name that leads out of its folder."
        raise OutputError(msg, hint="Report this as a fault of auditor.")
    return folder.joinpath(*pure.parts)


def _failed(folder: Path, error: OSError) -> OutputError:
    return OutputError(f"The site in {folder} could not be written: {error.strerror}.", hint="Free space or choose another folder.")
