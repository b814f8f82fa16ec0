"""detect-secrets: a baseline, whose `results` are read as data; the plugins and filters that it names are never touched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from auditor.findings.imported import record
from auditor.findings.imported.record import Imported
from auditor.findings.imported.registry import reader
from auditor.model.levels import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_GUESSES: Final = re.compile(r"(?i)entropy|keyword|public ip")


def _entries(document: Any) -> list[Any] | None:  # noqa: ANN401  any JSON value
    if not isinstance(document, dict) or not isinstance(document.get("results"), dict) or "plugins_used" not in document:
        return None
    return [
        {"filename": path, **entry}
        for path, entries in document["results"].items()
        for entry in record.sequence(entries)
        if isinstance(entry, dict)
    ]


@reader("detect-secrets", _entries)
def detect_secrets(entry: Any) -> Iterator[Imported]:  # noqa: ANN401  any JSON value
    """Read one finding; what a person marked as no secret is none."""
    if entry.get("is_secret") is False:
        return
    kind = record.text(entry.get("type"))
    verified = entry.get("is_verified") is True
    yield Imported(
        "detect-secrets",
        record.name(kind),
        record.path(entry.get("filename")),
        line=record.number(entry.get("line_number")),
        same=record.text(entry.get("hashed_secret"))[:64],
        confidence=Confidence.HIGH if verified else Confidence.LOW if _GUESSES.search(kind) else Confidence.MEDIUM,
        severity=Severity.CRITICAL if verified else Severity.HIGH,
        verified=verified,
    )
