"""A report that was stored earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.errors import UsageError
from auditor.reports.read import read_report

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.model.report import AuditReport


def stored_report(path: Path) -> AuditReport:
    """Return the report that a JSON file holds.

    Raises:
        UsageError: the file cannot be read.
        ConfigurationError: it is no report.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        msg = f"{path} cannot be read as a JSON report."
        raise UsageError(msg, hint="Make one with: auditor scan PATH --report json=FILE") from None
    return read_report(text, name=str(path))
