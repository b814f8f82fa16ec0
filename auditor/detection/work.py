"""What is done with one share, in a worker process or at home."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from auditor.model.coverage import GapKind, Skipped

if TYPE_CHECKING:
    from auditor.detection.scanner import Scanner
    from auditor.model.blob import Blob, Share
    from auditor.model.finding import Match

_REPORT_EVERY: Final = 8 * 1024 * 1024


class Advance(Protocol):
    """Hears how far the work is."""

    def __call__(self, *, objects: int = 0, size: int = 0, findings: int = 0) -> None:
        """Add what was done since the last call."""
        ...


@dataclass(slots=True)
class Done:
    """What came of one share."""

    matches: list[Match] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    facts: object = None
    blobs: int = 0
    bytes: int = 0


def scan_share(scanner: Scanner, share: Share, advance: Advance) -> Done:
    """Scan every piece of content of a share."""
    done = Done()
    objects = size = findings = 0
    for item in share.items():
        if isinstance(item, Skipped):
            done.skipped.append(item)
            continue
        matches = _scan(scanner, item, done)
        done.matches += matches
        # Members of containers are not objects of their own: the object that holds them is counted.
        if not item.container:
            done.blobs += 1
            done.bytes += item.size
            objects += 1
            size += item.size
        findings += len(matches)
        if size >= _REPORT_EVERY:
            advance(objects=objects, size=size, findings=findings)
            objects = size = findings = 0
    advance(objects=objects, size=size, findings=findings)
    done.facts = share.facts()
    return done


def _scan(scanner: Scanner, blob: Blob, done: Done) -> list[Match]:
    try:
        matches = [match for match, _ in scanner.scan(blob)]
    except (MemoryError, RecursionError) as error:
        reason = f"too large to look at ({type(error).__name__})"
        done.skipped.append(
            Skipped(GapKind.OPAQUE, "content", reason, oid=blob.oid, path=blob.path or "", container=blob.container)
        )
        return []
    if scanner.bound_hit:
        reason = "more encoded text than is looked at"
        done.skipped.append(
            Skipped(GapKind.OPAQUE, "content", reason, oid=blob.oid, path=blob.path or "", container=blob.container)
        )
    return matches
