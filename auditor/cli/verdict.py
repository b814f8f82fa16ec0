"""`auditor verdict report.json`: judge a stored report again, on another day or by another policy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.errors import ExitCode


def verdict(  # noqa: PLR0913  a command line has the options it has
    report: Annotated[Path, typer.Argument(help="A JSON report.")],
    *,
    policy: Annotated[str, typer.Option(help="Another policy pack.", show_default="that of the report")] = "",
    policy_file: Annotated[list[Path] | None, typer.Option(help="A pack of yours. Repeatable.")] = None,
    openness: Annotated[Path | None, typer.Option(help="The openness.yml with exceptions and reviewed content.")] = None,
    on: Annotated[str, typer.Option(metavar="DATE", help="The day to judge on.", show_default="today")] = "",
    form: Annotated[str, typer.Option("--format", "-f", help="Of the report on stdout.")] = "terminal",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file instead.")] = None,
    full: Annotated[bool, typer.Option("--full", help="The whole report, not ten lines.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 when judged.")] = False,
) -> None:
    """Compute the verdict of a stored report again. What was accepted or attested until an earlier day counts no more.

    Exit code: 0 nothing blocks, 1 not yet, 2 could not judge.
    """
    from dataclasses import replace

    from auditor.audit import exit_code
    from auditor.cli import answers, places
    from auditor.cli import output as out
    from auditor.cli.stored import stored_report
    from auditor.model.levels import Confidence
    from auditor.openness.book import parse_book
    from auditor.openness.changes import recompute
    from auditor.openness.policy import load
    from auditor.reports.formats import FORMATS

    target = out.Target(form, output)
    out.check_targets((target,), list(FORMATS))
    stored = stored_report(report)
    chosen = load(policy or stored.tool.policy, policy_file or ())
    least = dict(stored.tool.settings).get("min_confidence", "")
    judged = recompute(
        stored,
        chosen,
        today=answers.day(on, "--on") if on else answers.today(),
        book=parse_book(places.content(openness), openness.name) if openness else None,
        min_confidence=Confidence(least) if least in list(Confidence) else None,
    )
    tool = replace(stored.tool, policy=chosen.id, policy_title=chosen.title)
    result = replace(stored, verdict=judged, tool=tool)
    out.deliver(result, (target,), summary=not full)
    raise typer.Exit(ExitCode.NOTHING_BLOCKS if exit_zero else exit_code(result))
