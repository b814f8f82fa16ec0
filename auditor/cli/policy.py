"""`auditor policy`: what each organisation asks, and where it says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from auditor.model.check import Source

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="List, show and compare the policy packs.")
_Files = Annotated[list[Path] | None, typer.Option("--policy-file", help="A pack of yours. Repeatable.")]


@app.command("list")
def list_policies(policy_file: _Files = None) -> None:
    """List every policy pack: id, title, and how many decisions it holds."""
    from auditor.openness.policy import DEFAULT, available

    policies = available(policy_file or ())
    width = max(len(policy.id) for policy in policies)
    for policy in policies:
        mark = " (the default)" if policy.id == DEFAULT else ""
        typer.echo(f"{policy.id:<{width}}  {policy.title}{mark}, {len(policy.lines)} decisions")


@app.command()
def show(name: Annotated[str, typer.Argument(help="The id of a pack.")], policy_file: _Files = None) -> None:
    """Show every decision of a pack, those that it inherits included, with the document that says so."""
    from auditor.openness.policy import load

    policy = load(name, policy_file or ())
    typer.echo(f"{policy.id}: {policy.title}")
    for line in policy.lines:
        typer.echo(f"\n{line.subject}: {line.value}{_title(line.subject)}\n  {_cited(line.source)}")


@app.command()
def diff(
    left: Annotated[str, typer.Argument(help="The id of a pack.")],
    right: Annotated[str, typer.Argument(help="The id of another.")],
    policy_file: _Files = None,
) -> None:
    """Show on what two packs differ, and which document each of them follows."""
    from auditor.openness.policy import differences, load

    files = policy_file or ()
    found = differences(load(left, files), load(right, files))
    for row in found:
        typer.echo(f"{row.subject}{_title(row.subject)}")
        for name, value, source in ((left, row.left, row.left_source), (right, row.right, row.right_source)):
            typer.echo(f"  {name}: {value or 'says nothing of its own'}" + (f"\n    {_cited(source)}" if source else ""))
    typer.echo(f"{len(found)} differences", err=True)


def _title(subject: str) -> str:
    """Say what a check is about."""
    from auditor.openness.registry import CHECKS

    return f"  ({CHECKS[subject].info.title})" if subject in CHECKS else ""


def _cited(source: Source) -> str:
    return ", ".join(part for part in (source.document, source.section, source.date, source.url) if part)
