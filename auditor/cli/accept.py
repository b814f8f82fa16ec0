"""`auditor accept FINGERPRINT`: a person looked at a finding, and it does no harm."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.answers import Name, Repo, Role, Yes


class Reason(StrEnum):
    """Why it does no harm."""

    TEST_DATA = "test-data"
    FALSE_POSITIVE = "false-positive"
    PUBLIC_BY_DESIGN = "public-by-design"


def accept(  # noqa: PLR0913  a command line has the options it has
    fingerprint: Annotated[str, typer.Argument(help="The fingerprint of the finding, from a report.")],
    *,
    reason: Annotated[Reason, typer.Option(help="Why it does no harm.")],
    until: Annotated[str, typer.Option(metavar="DATE", help="The day on which somebody looks again.")],
    role: Role,
    note: Annotated[str, typer.Option(help="One sentence for readers. It is published.")] = "",
    name: Name = "",
    repo: Repo = Path(),
    yes: Yes = False,
) -> None:
    """Record in openness.yml that a finding is test data, a false positive, or public by design."""
    from auditor.cli import answers, places
    from auditor.cli.discretion import check_discreet
    from auditor.cli.proposal import Draft, propose
    from auditor.openness import writing

    fingerprint = answers.fingerprint(fingerprint)
    end, by = answers.until(until), answers.signature(role, name)
    check_discreet(note=note, role=role, name=name)
    place = places.locate(repo)
    if fingerprint.startswith("loc-") and not place.commit:
        typer.echo("There is no commit yet that this answer could be bound to, so it will not count: commit first.", err=True)
    text = places.edited(
        place.book,
        lambda old: writing.accept(old, fingerprint, reason.value, by, expires=end, note=note, commit=place.commit),
    )
    propose([Draft(place.book, text)], place.root, yes=yes)
