"""`--reveal FILE`: the one output that holds raw values, written so that nobody else can read it and nothing is overwritten."""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Final

from auditor.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from auditor.model.secret import Secret

_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def open_private(path: Path) -> int:
    """Create a new file that only its owner can read, and return its descriptor.

    Raises:
        OutputError: it exists, lies in a git work tree (somebody would commit it), or cannot be created.
    """
    folder = path.absolute().parent
    if any((parent / ".git").exists() for parent in (folder.resolve(), *folder.resolve().parents)):
        msg = f"{path} lies inside a git repository, where the raw values could be committed."
        raise OutputError(msg, hint="Choose a file outside every repository.")
    try:
        return os.open(path, _FLAGS, 0o600)
    except FileExistsError:
        msg = f"{path} exists already."
        raise OutputError(msg, hint="Choose a new file: raw values are never written over another file.") from None
    except OSError as error:
        msg = f"{path} cannot be created: {error.strerror}."
        raise OutputError(msg, hint="Choose a folder that you can write to.") from None


def write_values(descriptor: int, rows: Iterable[tuple[str, str, Secret]]) -> int:
    """Write `{fingerprint, rule_id, secret}` as JSON lines and return how many; the descriptor is closed.

    Bytes that are no UTF-8 are written as Latin-1 characters.

    Raises:
        OutputError: the disk is full or the file went away.
    """
    count = 0
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            for fingerprint, rule_id, secret in rows:
                row = {"fingerprint": fingerprint, "rule_id": rule_id, "secret": _text(secret)}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    except OSError as error:
        msg = f"The raw values could not be written: {error.strerror}."
        raise OutputError(msg, hint="Free some space, delete the partial file and run again.") from None
    return count


def discard(path: Path) -> None:
    """Remove a private file that was not finished."""
    with contextlib.suppress(OSError):
        path.unlink()


def _text(secret: Secret) -> str:
    value = secret.reveal()
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
