"""People's answers as the report shows them: what they said, whether it still holds, and who committed the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.report import Attestation
from auditor.openness.attestation import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditor.model.check import CheckResult
    from auditor.openness.registry import CheckContext


def shown_attestations(checks: Iterable[CheckResult], context: CheckContext) -> tuple[Attestation, ...]:
    """Return every answer of the book, in the order of its checks; one for a check that does not exist says so."""
    results = {result.check_id: result for result in checks}
    rows = []
    for entry in sorted(context.book.attestations, key=lambda e: (e.check, e.on)):
        result = results.get(entry.check)
        state = standing_of(entry, result, context).state.value if result else "no such check"
        rows.append(
            Attestation(
                check=entry.check,
                answer=entry.answer,
                statement=entry.statement,
                role=entry.by.role,
                on=entry.on.isoformat(),
                expires=entry.expires.isoformat(),
                state=state,
                committed=_committed(context, entry.line),
            )
        )
    return tuple(rows)


def _committed(context: CheckContext, line: int | None) -> str:
    """Say who committed the line: an attestation is as good as its commit."""
    path = context.book.path
    blame = context.view.blame(path, line) if path and line else None
    if blame is None:
        return "not committed"
    signature = "signed" if blame.signed else "not signed"
    return f"{blame.author}, {blame.authored.date().isoformat()}, {blame.commit[:12]}, {signature}"
