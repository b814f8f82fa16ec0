"""`auditor exception ID`: paths that stay closed, on a published ground, until a day; the threat model is kept outside."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.answers import Name, Repo, Role, Yes


class Ground(StrEnum):
    """The grounds on which code may stay closed."""

    KEYS = "keys"
    FRAUD_DETECTION = "fraud-detection"
    UNRELEASED_POLICY = "unreleased-policy"
    OTHER = "other"


def exception(  # noqa: PLR0913  a command line has the options it has
    name_of: Annotated[str, typer.Argument(metavar="ID", help="A short name of yours, such as fraud-rules.")],
    *,
    covers: Annotated[list[str], typer.Option(metavar="GLOB", help="The paths that stay closed. Repeatable.")],
    ground: Annotated[Ground, typer.Option(help="Why they may.")],
    role: Role,
    review_by: Annotated[str, typer.Option(metavar="DATE", help="The day on which it is looked at again.")],
    attacker: Annotated[str, typer.Option(help="Who would use it.")],
    publication_adds: Annotated[str, typer.Option(help="What that attacker learns only by its publication.")],
    path_to_harm: Annotated[str, typer.Option(help="How that leads to harm.")],
    private: Annotated[Path, typer.Option(metavar="FILE", help="Where these three are kept, outside the repository.")],
    plan_to_open: Annotated[str, typer.Option(help="When and how it is opened later. It is published.")] = "",
    name: Name = "",
    repo: Repo = Path(),
    yes: Yes = False,
) -> None:
    """Record that some paths stay closed. openness.yml gets paths, ground, role and days; FILE gets the threat model.

    Name FILE to `auditor scan --openness` when you audit: without it the exception is not complete.
    """
    from auditor.cli import answers, places
    from auditor.cli.discretion import check_discreet
    from auditor.cli.proposal import Draft, propose
    from auditor.errors import UsageError
    from auditor.openness import writing

    said = (attacker, publication_adds, path_to_harm)
    if not all(text.strip() for text in said):
        msg = "An exception needs --attacker, --publication-adds and --path-to-harm in words."
        raise UsageError(msg, hint="Where nobody can name them, the code has no reason to stay closed.")
    place, by = places.locate(repo), answers.signature(role, name)
    end, file = answers.until(review_by, "--review-by"), places.outside(private, place)
    check_discreet(plan_to_open=plan_to_open, role=role, name=name)

    def published(old: str) -> str:
        return writing.exception(old, name_of, covers, ground.value, by, review_by=end, plan_to_open=plan_to_open)

    drafts = [
        Draft(place.book, places.edited(place.book, published)),
        Draft(
            file, places.edited(file, lambda old: writing.private_exception(old, name_of, writing.ThreatModel(*said))), secret=True
        ),
    ]
    propose(drafts, place.root, yes=yes)
