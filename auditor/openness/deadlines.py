"""When people's answers end: what a portfolio warns of before a verdict changes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.report import Deadline

if TYPE_CHECKING:
    from auditor.model.openness_file import OpennessFile


def deadlines(book: OpennessFile) -> tuple[Deadline, ...]:
    """Return every answer that ends, the next one first."""
    rows = [Deadline("attestation", entry.check, entry.by.role, entry.expires) for entry in book.attestations]
    rows += [Deadline("accepted", entry.fingerprint, entry.by.role, entry.expires) for entry in book.accepted]
    rows += [Deadline("exception", entry.id, entry.approved_by.role, entry.review_by) for entry in book.exceptions]
    return tuple(sorted(rows, key=lambda row: (row.until, row.kind, row.id)))
