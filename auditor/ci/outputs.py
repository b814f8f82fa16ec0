"""What a step leaves behind: outputs for later steps, and its part of the summary; no value can break out of either."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from auditor.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUMMARY_LIMIT: Final = 1024 * 1024
"""Bytes that GitHub keeps of a step's summary; a larger one is not shown at all."""


def output_lines(values: Mapping[str, str]) -> str:
    """Write outputs in the form that no value can break out of: each between lines with an unguessable mark."""
    mark = f"auditor-{secrets.token_hex(16)}"
    return "".join(f"{name}<<{mark}\n{value}\n{mark}\n" for name, value in values.items())


def write_outputs(path: Path, values: Mapping[str, str]) -> None:
    """Add outputs to the file that the runner named.

    Raises:
        OutputError: it cannot be written.
    """
    _append(path, output_lines(values))


def write_summary(path: Path, text: str) -> bool:
    """Add to the step's summary; False where there is no room left for it.

    Raises:
        OutputError: it cannot be written.
    """
    used = path.stat().st_size if path.exists() else 0
    if used + len(text.encode("utf-8", "backslashreplace")) > SUMMARY_LIMIT:
        return False
    _append(path, text)
    return True


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        msg = f"The file {path.name} of the runner could not be written: {error.strerror}."
        raise OutputError(msg, hint="Check the runner's disk.") from None
