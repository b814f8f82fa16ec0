"""betterleaks: `{"schema_version", "findings": [{"rule_id", "match", "location", "attributes"}]}`, or as JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor.findings.imported import record
from auditor.findings.imported.record import Imported
from auditor.findings.imported.registry import reader

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIVE = frozenset({"valid", "active", "verified"})


def _entries(document: Any) -> list[Any] | None:  # noqa: ANN401  any JSON value
    if isinstance(document, dict) and "findings" not in document:
        document = [document]  # one line of JSON lines is a document of its own
    if isinstance(document, list) and document and all(isinstance(one, dict) and "schema_version" in one for one in document):
        found = [one.get("finding") for one in document if "scan" not in one]  # the last line sums up
    elif isinstance(document, dict) and "schema_version" in document and isinstance(document.get("findings"), list):
        found = document["findings"]
    else:
        return None
    return found if all(isinstance(one, dict) and "rule_id" in one and "location" in one for one in found) else None


@reader("betterleaks", _entries)
def betterleaks(entry: Any) -> Iterator[Imported]:  # noqa: ANN401  any JSON value
    """Read one finding; the second half of a pair is a part of it and stands beside it."""
    place = record.mapping(entry.get("location"))
    yield Imported(
        "betterleaks",
        record.name(entry.get("rule_id")),
        record.path(place.get("path")),
        line=record.number(place.get("start_line")),
        end_line=record.number(place.get("end_line")),
        column=record.number(place.get("start_column")),
        commit=record.commit(record.mapping(entry.get("attributes")).get("git.sha")),
        secret=record.secret(record.mapping(entry.get("match")).get("value")),
        confidence=record.level(entry.get("confidence")),
        verified=record.text(record.mapping(entry.get("validation")).get("status")).lower() in _LIVE,
    )
