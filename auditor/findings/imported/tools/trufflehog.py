"""trufflehog 3: JSON lines with `DetectorName`, `Raw`, `Verified` and `SourceMetadata.Data.<source>`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor.findings.imported import record
from auditor.findings.imported.record import Imported
from auditor.findings.imported.registry import reader
from auditor.model.levels import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def _entries(document: Any) -> list[Any] | None:  # noqa: ANN401  any JSON value
    lines = document if isinstance(document, list) else [document]
    found = [one for one in lines if isinstance(one, dict) and "SourceMetadata" in one and "DetectorName" in one]
    # Between its findings it may write lines of a log.
    others = [one for one in lines if not (isinstance(one, dict) and ("SourceMetadata" in one or "logger" in one or "msg" in one))]
    return found if found and not others else None


@reader("trufflehog", _entries)
def trufflehog(entry: Any) -> Iterator[Imported]:  # noqa: ANN401  any JSON value
    """Read one finding, from whichever source it came."""
    data = record.mapping(record.mapping(entry.get("SourceMetadata")).get("Data"))
    source = next((record.mapping(one) for one in data.values() if isinstance(one, dict)), {})
    verified = entry.get("Verified") is True
    yield Imported(
        "trufflehog",
        record.name(entry.get("DetectorName")),
        record.path(source.get("file")),
        line=record.number(source.get("line")),
        commit=record.commit(source.get("commit")),
        secret=record.secret(entry.get("Raw")),
        confidence=Confidence.HIGH if verified else Confidence.MEDIUM,
        severity=Severity.CRITICAL if verified else Severity.HIGH,
        verified=verified,
    )
