"""`auditor rotated FINGERPRINT`: a secret was replaced, and what is in the history opens nothing any more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.answers import Name, Repo, Role, Yes


def rotated(  # noqa: PLR0913  a command line has the options it has
    fingerprint: Annotated[str, typer.Argument(help="The fingerprint of the secret, from a report.")],
    *,
    role: Role,
    evidence: Annotated[str, typer.Option(help="Where it can be looked up, such as a ticket. It is published.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="When it was replaced.", show_default="today")] = "",
    name: Name = "",
    repo: Repo = Path(),
    yes: Yes = False,
) -> None:
    """Record in openness.yml that a secret was replaced."""
    from auditor.cli import answers, places
    from auditor.cli.discretion import check_discreet
    from auditor.cli.proposal import Draft, propose
    from auditor.errors import UsageError
    from auditor.openness import writing

    fingerprint = answers.fingerprint(fingerprint)
    day, by = answers.day(on, "--on") if on else answers.today(), answers.signature(role, name)
    if day > answers.today():
        msg = f"--on {day.isoformat()} is still to come."
        raise UsageError(msg, hint="Replace the secret first, then record the day.")
    if not evidence.strip():
        msg = "--evidence is empty."
        raise UsageError(msg, hint="Name where it can be looked up that the secret was replaced, such as a ticket.")
    check_discreet(evidence=evidence, role=role, name=name)
    place = places.locate(repo)
    if fingerprint.startswith("loc-") and not place.commit:
        typer.echo("There is no commit yet that this answer could be bound to, so it will not count: commit first.", err=True)
    text = places.edited(place.book, lambda old: writing.rotated(old, fingerprint, day, by, evidence=evidence, commit=place.commit))
    propose([Draft(place.book, text)], place.root, yes=yes)
