"""gitleaks: a JSON list with `RuleID`, `File`, `StartLine` and `Secret`; https://github.com/gitleaks/gitleaks#reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor.findings.imported import record
from auditor.findings.imported.record import Imported
from auditor.findings.imported.registry import reader
from auditor.model.levels import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterator


def _entries(document: Any) -> list[Any] | None:  # noqa: ANN401  any JSON value
    known = isinstance(document, list) and all(isinstance(one, dict) and "RuleID" in one and "File" in one for one in document)
    return document if known and document else None


@reader("gitleaks", _entries)
def gitleaks(entry: Any) -> Iterator[Imported]:  # noqa: ANN401  any JSON value
    """Read one finding."""
    rule = record.name(entry.get("RuleID"))
    yield Imported(
        "gitleaks",
        rule,
        record.path(entry.get("File")),
        line=record.number(entry.get("StartLine")),
        end_line=record.number(entry.get("EndLine")),
        column=record.number(entry.get("StartColumn")),
        commit=record.commit(entry.get("Commit")),
        secret=record.secret(entry.get("Secret")),
        confidence=Confidence.LOW if rule.startswith("generic") else Confidence.MEDIUM,
    )
