"""`auditor rules`: what is looked for, and whether rule files are sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.errors import ExitCode

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="List, show, lint and test the rules.")
_Files = Annotated[list[Path] | None, typer.Argument(help="Rule files of yours; none means the shipped rules.")]


@app.command("list")
def list_rules(files: _Files = None, category: Annotated[str, typer.Option(help="Only this category.")] = "") -> None:
    """List every rule: id, category, severity, confidence, title."""
    from auditor.detection.ruleset import load

    rows = [r for r in load(files or ()).rules if category in {"", r.category.value}]
    width = max((len(rule.id) for rule in rows), default=0)
    for rule in rows:
        typer.echo(f"{rule.id:<{width}}  {rule.category:<13}  {rule.severity:<8}  {rule.confidence:<6}  {rule.title}")
    typer.echo(f"{len(rows)} rules", err=True)


@app.command()
def show(rule_id: str, files: _Files = None) -> None:
    """Show one rule in full."""
    from auditor.cli.explain import describe_rule
    from auditor.cli.lookup import rule_named

    typer.echo(describe_rule(rule_named(rule_id, files or ())))


@app.command()
def lint(files: _Files = None) -> None:
    """Check that rules are complete, fast, and do what their examples say. Exit code 1 when one is not."""
    from auditor.detection.rulelint import lint as check
    from auditor.detection.ruleset import load

    ruleset = load(files or (), own=not files)
    problems = list(check(ruleset))
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(f"{len(ruleset)} rules, {len(problems)} problems", err=True)
    raise typer.Exit(ExitCode.NOT_YET if problems else ExitCode.NOTHING_BLOCKS)


@app.command("test")
def try_rules(text: Annotated[Path, typer.Argument(help="A file to try the rules on.")], files: _Files = None) -> None:
    """Try the rules on one file and say which match where, values masked. Nothing is judged."""
    from auditor.cli.lookup import matches_in

    found = matches_in(text, files or ())
    for match in found:
        place = f"{text}:{match.line or 1}:{match.column or 1}"
        typer.echo(f"{place}  {match.rule_id}  {match.severity}  {match.confidence}  {match.masked}")
    typer.echo(f"{len(found)} matches", err=True)
