"""What expires soon: answers, accepted findings and exceptions, the next one first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import typer

from auditor.cli import answers, places
from auditor.openness.book import load_book
from auditor.reports.safe_text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from auditor.cli.places import Place
    from auditor.model.openness_file import OpennessFile

SOON: Final = timedelta(days=30)


def show_expiring(place: Place, private: Path | None) -> None:
    """Print what expires within 30 days, and what expired already."""
    published = (place.book.name, places.content(place.book)) if place.book.is_file() else None
    book = load_book(published, (str(private), places.content(private)) if private else None)
    day = answers.today()
    rows = sorted(row for row in _rows(book) if row[0] <= day + SOON)
    for end, what, who in rows:
        word = "expired" if end < day else "expires"
        typer.echo(safe(f"{end.isoformat()}  {word}  {what}  ({who})"))
    if not rows:
        typer.echo("Nothing expires within 30 days.")


def _rows(book: OpennessFile) -> Iterator[tuple[date, str, str]]:
    for answer in book.attestations:
        yield answer.expires, f"{answer.check} {answer.answer}", answer.by.role
    for accepted in book.accepted:
        yield accepted.expires, f"{accepted.fingerprint} {accepted.reason}", accepted.by.role
    for exception in book.exceptions:
        yield exception.review_by, f"exception {exception.id}", exception.approved_by.role
