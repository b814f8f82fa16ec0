"""What is done with one share, in a worker process or at home."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from auditor.detection.versions import SMALL
from auditor.model.coverage import GapKind, Skipped

if TYPE_CHECKING:
    from auditor.detection.scanner import Scanner
    from auditor.model.blob import Blob, Share
    from auditor.model.finding import Match

_REPORT_EVERY: Final = 8 * 1024 * 1024
_TOGETHER: Final = 64 * 1024


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
    """Scan every piece of content of a share; small ones are first looked through together, for most of them hold nothing."""
    done = Done()
    small: list[Blob] = []
    waiting = 0
    objects = size = findings = 0

    def report() -> tuple[int, int, int]:
        advance(objects=done.blobs - objects, size=done.bytes - size, findings=len(done.matches) - findings)
        return done.blobs, done.bytes, len(done.matches)

    for item in share.items():
        if isinstance(item, Skipped):
            done.skipped.append(item)
            continue
        # Members of containers are not objects of their own: the object that holds them is counted.
        if not item.container:
            done.blobs += 1
            done.bytes += item.size
        if len(item.data) >= SMALL:
            _scan(scanner, item, done)
        else:
            small.append(item)
            waiting += len(item.data)
            if waiting < _TOGETHER:
                continue
            _scan_small(scanner, small, done)
            small, waiting = [], 0
        if done.bytes - size >= _REPORT_EVERY:
            objects, size, findings = report()
    _scan_small(scanner, small, done)
    report()
    done.facts = share.facts()
    return done


def _scan_small(scanner: Scanner, blobs: list[Blob], done: Done) -> None:
    for blob in scanner.worth_scanning(blobs):
        _scan(scanner, blob, done)


def _scan(scanner: Scanner, blob: Blob, done: Done) -> None:
    try:
        done.matches += [match for match, _ in scanner.scan(blob)]
    except (MemoryError, RecursionError) as error:
        reason = f"too large to look at ({type(error).__name__})"
        done.skipped.append(
            Skipped(GapKind.OPAQUE, "content", reason, oid=blob.oid, path=blob.path or "", container=blob.container)
        )
        return
    if scanner.bound_hit:
        reason = "more encoded text than is looked at"
        done.skipped.append(
            Skipped(GapKind.OPAQUE, "content", reason, oid=blob.oid, path=blob.path or "", container=blob.container)
        )
