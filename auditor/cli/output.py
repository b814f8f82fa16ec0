"""Where reports go: stdout, or files that only their owner can read, checked before the scan and written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from auditor.model.report import AuditReport

_SHORT: Final = {"gitlab": "gitlab-secrets"}
"""Names that people may use for the format they most likely mean."""


@dataclass(frozen=True, slots=True)
class Target:
    """One report to write: its format, and the file (None for stdout)."""

    format: str
    path: Path | None = None


def parse_reports(items: list[str], known: Collection[str]) -> tuple[Target, ...]:
    """Read `FORMAT=FILE` arguments.

    Raises:
        UsageError: an argument has no `=` or names an unknown format.
    """
    targets = []
    for item in items:
        name, separator, path = item.partition("=")
        name = _SHORT.get(name, name)
        if not separator or not path or name not in known:
            msg = f"--report takes FORMAT=FILE, not {item!r}."
            raise UsageError(msg, hint=f"The formats are {', '.join(known)}.")
        targets.append(Target(name, Path(path)))
    return tuple(targets)


def check_writable(path: Path) -> None:
    """Fail before the scan, not after it, when a report cannot be written.

    Raises:
        OutputError: the folder is missing or closed, or the path is a folder.
    """
    folder = path.absolute().parent
    if path.is_dir():
        msg = f"{path} is a folder."
        raise OutputError(msg, hint="Name a file for the report.")
    if not folder.is_dir():
        msg = f"The folder {folder} does not exist."
        raise OutputError(msg, hint="Create it, or choose another place for the report.")
    if not os.access(folder, os.W_OK):
        msg = f"The folder {folder} cannot be written to."
        raise OutputError(msg, hint="Choose another place for the report.")


def write(path: Path, text: str) -> None:
    """Write a report, mode 0600, whole or not at all.

    Raises:
        OutputError: the disk is full or the place cannot be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    if path.exists() and not path.is_file():  # a device or pipe that the user named, such as /dev/stdout
        try:
            path.write_bytes(data)
        except OSError as error:
            raise _failed(path, error) from None
        return
    temporary = ""
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=".auditor-", dir=path.absolute().parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise _failed(path, error) from None


def _failed(path: Path, error: OSError) -> OutputError:
    return OutputError(f"The report {path} could not be written: {error.strerror}.", hint="Free space or choose another place.")


def to_stdout(text: str) -> None:
    """Write a report to standard output, whatever its encoding.

    Raises:
        OutputError: the disk behind it is full.
    """
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        msg = f"The report could not be written to standard output: {error.strerror}."
        raise OutputError(msg, hint="Free space or choose another place.") from None


def check_targets(targets: tuple[Target, ...], known: Collection[str]) -> None:
    """Fail before the scan when a format does not exist or a report cannot be written.

    Raises:
        UsageError: there is no such format.
        OutputError: a report cannot be written where it is wanted.
    """
    for target in targets:
        if target.format not in known:
            msg = f"There is no report format {target.format!r}."
            raise UsageError(msg, hint=f"Choose one of {', '.join(known)}.")
        if target.path is not None:
            check_writable(target.path)


def deliver(report: AuditReport, targets: tuple[Target, ...], *, summary: bool = False, history: bool = False) -> None:
    """Render and write every report that was asked for."""
    from auditor.reports.formats import render

    for target in targets:
        on_terminal = target.path is None and sys.stdout.isatty()
        color = (on_terminal and "NO_COLOR" not in os.environ) or bool(os.environ.get("FORCE_COLOR"))
        width = shutil.get_terminal_size((100, 24)).columns
        text = render(target.format, report, width=width, color=color, summary=summary, history=history)
        if target.path is None:
            to_stdout(text)
        else:
            write(target.path, text)


def notes(report: AuditReport) -> None:
    """Say on stderr what the user should know beside the report."""
    for warning in report.warnings:
        sys.stderr.write(f"auditor: {warning}\n")
