"""`auditor attest CHECK`: a person answers what no tool can."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.answers import Name, Repo, Yes

if TYPE_CHECKING:
    from datetime import date

    from auditor.cli.places import Place

KEPT_PRIVATE = "The statement is kept outside this repository."


def attest(  # noqa: PLR0913  a command line has the options it has
    check: Annotated[str, typer.Argument(metavar="CHECK", help="The id of a check, such as CLS-01.")] = "",
    *,
    answer: Annotated[str, typer.Option(help="confirmed, none, not-applicable, accepted, present-and-announced and more.")] = "",
    statement: Annotated[str, typer.Option(help="What you looked at and found. It is published.")] = "",
    role: Annotated[str, typer.Option(help="Who says so, as a role: 'service owner'.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="When it expires.", show_default="as the policy says")] = "",
    covers: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="The paths it is about. Repeatable.")] = None,
    evidence: Annotated[str, typer.Option(help="Where it can be looked up, such as a ticket.")] = "",
    private: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the statement in this file outside the repository.")
    ] = None,
    content: Annotated[
        str, typer.Option(metavar="ID-OR-PATH", help="Content that the tool could not open and you looked at, instead of a check.")
    ] = "",
    expiring: Annotated[bool, typer.Option("--list", help="Show what expires within 30 days.")] = False,
    name: Name = "",
    repo: Repo = Path(),
    yes: Yes = False,
) -> None:
    """Answer a question in openness.yml, or list the answers that expire soon."""
    from auditor.cli import answers, places
    from auditor.cli.discretion import check_discreet
    from auditor.cli.expiring import show_expiring
    from auditor.cli.proposal import Draft, propose
    from auditor.openness import writing

    place = places.locate(repo)
    if expiring:
        show_expiring(place, private)
        return
    _check_complete(check, content, answer, statement)
    by = answers.signature(role, name)
    if private is None:
        check_discreet(statement=statement, evidence=evidence, role=role, name=name)
    if content:
        text = places.edited(
            place.book, lambda old: writing.content_reviewed(old, *places.looked_at(content, place), statement, by)
        )
        propose([Draft(place.book, text)], place.root, yes=yes)
        return
    check, answer, globs = _known_check(check), _known_answer(answer), tuple(covers or ())
    end = _end(place, until)

    def entry(old: str, said: str, proof: str) -> str:
        return writing.attest(old, check, answer, said, by, expires=end, commit=place.commit, covers=globs, evidence=proof)

    if private is None:
        drafts = [Draft(place.book, places.edited(place.book, lambda old: entry(old, statement, evidence)))]
    else:
        file = places.outside(private, place)
        drafts = [
            Draft(place.book, places.edited(place.book, lambda old: entry(old, KEPT_PRIVATE, ""))),
            Draft(file, places.edited(file, lambda old: entry(old, statement, evidence)), secret=True),
        ]
    propose(drafts, place.root, yes=yes)


def _check_complete(check: str, content: str, answer: str, statement: str) -> None:
    from auditor.errors import UsageError

    if bool(check) == bool(content):
        msg = "Name the check that you answer, or content with --content, and not both."
        raise UsageError(msg, hint="`auditor attest --list` shows what expires; docs/checks.md lists all checks.")
    if not statement.strip() or not (answer or content):
        msg = "An answer needs --answer and --statement." if check else "A look at content needs --statement."
        raise UsageError(msg, hint="Say in the statement what was looked at, by which means, and what came of it.")


def _known_check(name: str) -> str:
    from auditor.cli.lookup import check_named

    return check_named(name).id


def _known_answer(answer: str) -> str:
    from auditor.cli.lookup import near_hint
    from auditor.errors import UsageError
    from auditor.openness.book import SCHEMA
    from auditor.openness.documents import schema

    known = schema(SCHEMA)["properties"]["attestations"]["items"]["properties"]["answer"]["enum"]
    if answer not in known:
        msg = f"There is no answer {answer!r}."
        raise UsageError(msg, hint=near_hint(answer, known, f"Choose one of {', '.join(known)}."))
    return answer


def _end(place: Place, until: str) -> date:
    """Return the last day of the answer, within what the repository's policy allows."""
    from auditor.cli import answers, places
    from auditor.errors import UsageError
    from auditor.openness.dates import add_months

    policy = places.policy_of(place)
    last = add_months(answers.today(), policy.attestation_months_most)
    end = answers.until(until) if until else add_months(answers.today(), policy.attestation_months)
    if end > last:
        msg = f"The policy {policy.id} lets an answer hold for {policy.attestation_months_most} months, until {last.isoformat()}."
        raise UsageError(msg, hint="Name an earlier day with --until, or leave it out.")
    return end
