"""The command tree. Heavy imports stay inside the commands, so that `auditor --help` is quick."""

from __future__ import annotations

from typing import Annotated

import typer

from auditor import __version__
from auditor.cli import (
    accept,
    attest,
    ci,
    diff,
    exception,
    explain,
    hooks,
    imports,
    init,
    org,
    policy,
    rotated,
    rules,
    scan,
    schema,
    triage,
    verdict,
)

app = typer.Typer(
    name="auditor",
    help="Is this repository ready to be opened? What blocks it, why, by which published rule, and what to do.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:  # noqa: FBT001  the signature that typer calls
    if wanted:
        typer.echo(f"auditor {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Is this repository ready to be opened? What blocks it, why, by which published rule, and what to do."""


app.command("scan")(scan.scan)
app.command("ci")(ci.ci)
app.command("hook")(hooks.hook)
app.command("install-hook")(hooks.install_hook)
app.command("pre-receive")(hooks.pre_receive)
app.command("explain")(explain.explain)
app.command("init")(init.init)
app.command("triage")(triage.triage)
app.command("accept")(accept.accept)
app.command("rotated")(rotated.rotated)
app.command("attest")(attest.attest)
app.command("exception")(exception.exception)
app.command("verdict")(verdict.verdict)
app.command("import")(imports.import_)
app.command("diff")(diff.diff)
app.command("schema")(schema.schema)
app.add_typer(rules.app, name="rules")
app.add_typer(policy.app, name="policy")
app.add_typer(org.app, name="org")
