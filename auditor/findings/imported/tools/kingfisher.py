"""kingfisher: `{"findings": [{"rule", "finding"}]}`, or the same two on each line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor.findings.imported import record
from auditor.findings.imported.record import Imported
from auditor.findings.imported.registry import reader
from auditor.model.levels import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIVE = frozenset({"active", "active_credential", "valid", "success", "verified"})


def _entries(document: Any) -> list[Any] | None:  # noqa: ANN401  any JSON value
    lines = document if isinstance(document, list) else [document]
    found: list[Any] = []
    for one in lines:
        if not isinstance(one, dict):
            return None
        if isinstance(one.get("findings"), list) and ("metadata" in one or "audit" in one):
            found += one["findings"]
        elif "rule" in one and "finding" in one:
            found.append(one)
        elif not {"metadata", "audit", "scan_date"} & set(one):
            return None
    fits = all(isinstance(one, dict) and isinstance(one.get("rule"), dict) and "finding" in one for one in found)
    return found if lines and fits else None


@reader("kingfisher", _entries)
def kingfisher(entry: Any) -> Iterator[Imported]:  # noqa: ANN401  any JSON value
    """Read one finding."""
    found = record.mapping(entry.get("finding"))
    history = record.mapping(found.get("git_metadata"))
    inside = record.path(record.mapping(history.get("file")).get("path"))
    live = record.text(record.mapping(found.get("validation")).get("outcome")).lower() in _LIVE
    yield Imported(
        "kingfisher",
        record.name(record.mapping(entry.get("rule")).get("id")),
        inside or record.path(found.get("path")),
        line=record.number(found.get("line")),
        column=record.number(found.get("column_start")),
        commit=record.commit(record.mapping(history.get("commit")).get("id")),
        secret=record.secret(found.get("snippet")),
        confidence=Confidence.HIGH if live else record.level(found.get("confidence")),
        severity=Severity.CRITICAL if live else Severity.HIGH,
        verified=live,
    )
