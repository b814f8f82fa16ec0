"""`auditor init`: the first files of an open repository, by flags or by questions; nothing that exists is touched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.answers import Repo, Yes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.cli.places import Place
    from auditor.cli.proposal import Draft


def init(  # noqa: PLR0913  a command line has the options it has
    *,
    policy: Annotated[str, typer.Option(help="The policy pack; `auditor policy list` shows them.")] = "",
    owner_team: Annotated[str, typer.Option(help="The team that owns the repository.")] = "",
    contact: Annotated[str, typer.Option(help="Where people reach that team. It is published.")] = "",
    security_contact: Annotated[str, typer.Option(help="Address or form for private reports of weaknesses.")] = "",
    licence: Annotated[str, typer.Option(help="SPDX id of the licence.", show_default="what the pack expects")] = "",
    holder: Annotated[str, typer.Option(help="Who holds the copyright, such as 'Crown Copyright (Department)'.")] = "",
    action: Annotated[str, typer.Option(metavar="OWNER/NAME@COMMIT", help="auditor's Action, for a workflow.")] = "",
    pre_commit: Annotated[bool, typer.Option(help="Also .pre-commit-config.yaml.")] = True,
    repo: Repo = Path(),
    yes: Yes = False,
) -> None:
    """Write .auditor.yml, openness.yml and what is missing of SECURITY.md, LICENSE, a workflow and a pre-commit hook.

    What no flag says is asked; with --yes it is left out instead. Existing files are never changed.
    """
    from auditor.cli import places, starters
    from auditor.cli.proposal import propose
    from auditor.openness.policy import load

    place = places.locate(repo)
    ask = _silent if yes else _ask
    chosen = load(policy or ask("Policy pack", places.policy_of(place).id))
    expected = chosen.expected_licences[0] if chosen.expected_licences else ""
    facts = {
        "policy": chosen.id,
        "owner_team": owner_team or ask("Team that owns the repository", ""),
        "contact": contact or ask("Where people reach that team", ""),
    }
    security_contact = security_contact or ask("Where to report a weakness in private", facts["contact"])
    licence = licence or ask("Licence (SPDX id)", expected) or expected
    holder = holder or ask("Who holds the copyright", "")
    action = starters.pinned(action or ask("auditor's Action (OWNER/NAME@COMMIT), for a workflow", ""))
    drafts = list(_drafts(place, facts, security_contact, (licence, holder), action))
    drafts += _pre_commit(place) if pre_commit else []
    propose(drafts, place.root, yes=yes)


def _drafts(place: Place, facts: dict[str, str], contact: str, licence: tuple[str, str], action: str) -> Iterator[Draft]:
    from auditor.cli import starters
    from auditor.cli.answers import today
    from auditor.cli.proposal import Draft

    root = place.root
    texts = {
        ".auditor.yml": "" if starters.has_settings(root) else starters.settings(facts["policy"]),
        "openness.yml": "" if place.book.exists() else starters.openness(**facts),
        "SECURITY.md": "" if starters.has_security(root) or not contact else starters.security(_line(contact)),
        "LICENSE": "" if starters.has_licence(root) else starters.licence(licence[0], _line(licence[1]), today()),
        ".github/workflows/auditor.yml": starters.workflow(action) if action else "",
    }
    for name, text in texts.items():
        if text and not (root / name).exists():
            yield Draft(root / name, text, fresh=True)
    if not contact and not starters.has_security(root):
        typer.echo("SECURITY.md is left out: name --security-contact.", err=True)
    if not texts["LICENSE"] and not starters.has_licence(root):
        typer.echo(_no_licence(*licence), err=True)


def _no_licence(name: str, holder: str) -> str:
    if not name:
        return "LICENSE is left out: name --licence, since the policy pack expects none in particular."
    if not holder:
        return "LICENSE is left out: name --holder, who holds the copyright."
    return f"LICENSE is left out: the text of {name[:40]} is not at hand; take it from its publisher."


def _pre_commit(place: Place) -> Iterator[Draft]:
    from auditor.cli import starters
    from auditor.cli.proposal import Draft

    path = place.root / ".pre-commit-config.yaml"
    if not path.exists():
        yield Draft(path, starters.PRE_COMMIT, fresh=True)
    elif path.is_file() and "auditor hook" not in path.read_text(encoding="utf-8", errors="replace"):
        rows = starters.PRE_COMMIT.partition("\n")[2]
        typer.echo(f".pre-commit-config.yaml exists already; this entry is missing in it:\n{rows}", err=True)


def _ask(question: str, default: str) -> str:
    from auditor.errors import UsageError

    try:
        return str(typer.prompt(question, default=default, show_default=bool(default))).strip()
    except typer.Abort:
        msg = "Nothing was written, because nobody answered."
        raise UsageError(msg, hint="Say it with flags, and add --yes.") from None


def _silent(_question: str, default: str) -> str:
    return default


def _line(text: str) -> str:
    return " ".join(text.split())
