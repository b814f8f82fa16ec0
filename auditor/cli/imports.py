"""`auditor import FILE --into report.json`: findings of other scanners join a stored report and its verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.errors import ExitCode


def import_(  # noqa: PLR0913  a command line has the options it has
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="SARIF, or JSON of another scanner.")],
    *,
    into: Annotated[Path, typer.Option(metavar="REPORT", help="A JSON report of auditor.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where the joined report goes.", show_default="back into REPORT")
    ] = None,
    policy_file: Annotated[list[Path] | None, typer.Option(help="A pack of yours. Repeatable.")] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="Of the report on stdout.")] = "terminal",
    full: Annotated[bool, typer.Option("--full", help="The whole report, not ten lines.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 when judged.")] = False,
) -> None:
    """Read what gitleaks, betterleaks, trufflehog, kingfisher, detect-secrets or any tool with SARIF found, and judge it too.

    What stands at the same place is one finding that names both tools. Values in the files are never kept. A scan that is
    given the files itself (auditor scan PATH --import FILE) also knows where each finding stands in the history.

    Exit code: 0 nothing blocks, 1 not yet, 2 could not judge.
    """
    from auditor.audit import exit_code
    from auditor.audit.imports import into_report
    from auditor.cli import answers
    from auditor.cli import output as out
    from auditor.cli.stored import stored_report
    from auditor.findings.imported import read_files
    from auditor.openness.policy import load
    from auditor.reports.formats import FORMATS

    targets = (out.Target(form), out.Target("json", output or into))
    out.check_targets(targets, list(FORMATS))
    stored = stored_report(into)
    joined = into_report(stored, read_files(files), load(stored.tool.policy, policy_file or ()), answers.today())
    out.deliver(joined, targets, summary=not full)
    raise typer.Exit(ExitCode.NOTHING_BLOCKS if exit_zero else exit_code(joined))
