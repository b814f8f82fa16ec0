"""What of a history is missing in a copy, as far as opening it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.coverage import GapKind, Skipped
from auditor.sources.layout import read_regular, text

if TYPE_CHECKING:
    from collections.abc import Collection

    from auditor.sources.layout import Layout
    from auditor.sources.refs import Refs


def gaps(layout: Layout, refs: Refs, shallow: Collection[bytes], known: Collection[bytes]) -> list[Skipped]:
    """Return what is missing; `known` are the objects that are here."""
    gap = GapKind.HISTORY
    found: list[Skipped] = [Skipped(gap, "objects", reason) for reason in layout.problems]
    if shallow:
        found.append(Skipped(gap, "history", "shallow clone: older commits are not here"))
    grafts = read_regular(layout.common / "info" / "grafts", 1 << 20) or b""
    if any(line.strip() and not line.startswith(b"#") for line in grafts.splitlines()):
        found.append(Skipped(gap, "history", "grafts replace parents of commits here; they were not followed"))
    if layout.reftable:
        reason = "kept in the reftable format, which is not read: all content was scanned, but not by branch"
        found.append(Skipped(gap, "refs", reason, in_tip=True))
    head = text(refs.head_name or b"")
    found.extend(Skipped(gap, "ref", "cannot be read", path=name, in_tip=name == head) for name in refs.broken)
    found.extend(
        Skipped(gap, "ref", "leads to an object that is not here", oid=oid.decode(), path=text(name))
        for name, oid in refs.names.items()
        if oid not in known
    )
    if refs.head is not None and refs.head not in known:
        found.append(Skipped(gap, "commit", "the current commit is not here", oid=refs.head.decode(), in_tip=True))
    packs = layout.common / "objects" / "pack"
    alone = [path for path in packs.glob("*.pack") if not path.with_suffix(".idx").exists()]
    found.extend(Skipped(gap, "pack", "has no index, so its objects cannot be listed", path=path.name) for path in alone)
    return found
