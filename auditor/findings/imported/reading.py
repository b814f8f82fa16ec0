"""From a file of another tool to its findings. The file is hostile: bounded in size, never executed, never quoted in an error."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import UsageError
from auditor.findings.imported.registry import READERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from auditor.findings.imported.record import Imported

_MOST_BYTES: Final = 128 * 1024 * 1024
_MOST_FINDINGS: Final = 200_000


def read_files(paths: Iterable[Path]) -> tuple[Imported, ...]:
    """Read every file, whichever tool wrote it.

    Raises:
        UsageError: a file cannot be read, is too large, or is of no tool that is known here.
    """
    return tuple(found for path in paths for found in _read(path))


def _read(path: Path) -> Iterator[Imported]:
    document = _document(path)
    if document == []:  # a list without findings is of every tool
        return
    for known, reader in READERS.items():
        entries = reader.entries(document)
        if entries is None:
            continue
        found = [one for entry in entries for one in reader.convert(entry) if one.path]
        if len(found) > _MOST_FINDINGS:
            msg = f"{path} holds more than {_MOST_FINDINGS:,} findings of {known}."
            raise UsageError(msg, hint="Import the files of one repository at a time.")
        yield from islice(found, _MOST_FINDINGS)
        return
    msg = f"{path} is not of a shape that is known here."
    raise UsageError(msg, hint=f"These are read: JSON of {', '.join(n for n in READERS if n != 'sarif')}, and SARIF of any tool.")


def _document(path: Path) -> Any:  # noqa: ANN401  any JSON value
    """Return the JSON value of a file; of JSON lines, the list of them."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            msg = f"{path} is larger than {_MOST_BYTES // (1024 * 1024)} MB."
            raise UsageError(msg, hint="Import the files of one repository at a time.")
        data = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise UsageError(msg, hint="Name a file that another scanner wrote.") from None
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        pass
    lines = []
    for number, line in enumerate(data.splitlines(), 1):
        try:
            lines += [json.loads(line)] if line.strip() else []
        except (ValueError, RecursionError):
            msg = f"{path}, line {number}, is no JSON."  # never the line itself: it may hold a value
            raise UsageError(msg, hint="Let the other scanner write JSON, JSON lines or SARIF.") from None
    return lines
