"""Show what will be written, ask, write: whole files or nothing, and never through a link that leads elsewhere."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from auditor.cli.output import write
from auditor.errors import OutputError, UsageError
from auditor.reports.safe_text import safe_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Draft:
    """The new text of one file. A `fresh` one is only ever made, never replaced; a `secret` one only its owner may read."""

    path: Path
    text: str
    fresh: bool = False
    secret: bool = False


def propose(drafts: Sequence[Draft], root: Path, *, yes: bool) -> bool:
    """Show the differences, ask, and write; True where something was written.

    Raises:
        UsageError: nobody answered.
        OutputError: a file cannot be written, or would land outside the folder.
    """
    changed = [draft for draft in drafts if _old(draft.path) != draft.text]
    if not changed:
        typer.echo("There is nothing to write.")
        return False
    for draft in changed:
        _check(draft, root)
        typer.echo(difference(draft, root), nl=False)
    if not yes and not _agreed():
        typer.echo("Nothing was written.")
        return False
    for draft in changed:
        _write(draft)
        typer.echo(f"Wrote {_shown(draft.path, root)}.")
    return True


def difference(draft: Draft, root: Path) -> str:
    """Return the unified difference between a file and its draft."""
    name = _shown(draft.path, root)
    before = f"a/{name}" if draft.path.exists() else "/dev/null"
    rows = difflib.unified_diff(_old(draft.path).splitlines(), draft.text.splitlines(), before, f"b/{name}", lineterm="")
    return "".join(f"{safe_lines(row)}\n" for row in rows)


def _agreed() -> bool:
    try:
        return typer.confirm("Write this?", default=True)
    except typer.Abort:
        msg = "Nothing was written, because nobody answered."
        raise UsageError(msg, hint="Add --yes to write without being asked.") from None


def _old(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise OutputError(msg, hint="Check the path and its permissions.") from None


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _check(draft: Draft, root: Path) -> None:
    """Refuse a link: a repository could lead the file to a place of its choice."""
    parent = draft.path.parent.resolve()
    if draft.path.is_symlink() or (draft.path.is_relative_to(root) and not parent.is_relative_to(root.resolve())):
        msg = f"{_shown(draft.path, root)} is a link, so nothing was written."
        raise OutputError(msg, hint="Replace the link with a file or folder of its own.")
    if draft.fresh and draft.path.exists():
        msg = f"{_shown(draft.path, root)} exists already, so it was not written."
        raise OutputError(msg, hint="Existing files are never replaced.")


def _write(draft: Draft) -> None:
    mode = draft.path.stat().st_mode & 0o777 if draft.path.exists() else 0o600 if draft.secret else _usual_mode()
    try:
        draft.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"The folder {draft.path.parent} could not be made: {error.strerror}."
        raise OutputError(msg, hint="Check the permissions.") from None
    write(draft.path, draft.text)
    draft.path.chmod(mode)


def _usual_mode() -> int:
    """Return the mode that new files of this person have."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
