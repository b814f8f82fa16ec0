"""`auditor diff old.json new.json`: what changed between two reports."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.errors import ExitCode

if TYPE_CHECKING:
    from auditor.openness.changes import Changes, Row


class Form(StrEnum):
    """How the changes are written."""

    TEXT = "text"
    JSON = "json"


def diff(
    old: Annotated[Path, typer.Argument(help="The earlier JSON report.")],
    new: Annotated[Path, typer.Argument(help="The later one.")],
    form: Annotated[Form, typer.Option("--format", "-f", help="text or json.")] = Form.TEXT,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 when compared.")] = False,
) -> None:
    """Say what is new, fixed, reopened or expired. The exit code is that of the later report."""
    from auditor.audit import exit_code
    from auditor.cli.stored import stored_report
    from auditor.openness.changes import compare

    before, after = stored_report(old), stored_report(new)
    if before.target.name != after.target.name:
        typer.echo("The two reports are of repositories with different names.", err=True)
    changes = compare(before, after)
    typer.echo(_json(changes) if form is Form.JSON else _text(changes))
    raise typer.Exit(ExitCode.NOTHING_BLOCKS if exit_zero else exit_code(after))


def _text(changes: Changes) -> str:
    from auditor.openness.changes import Change
    from auditor.reports.safe_text import safe

    was, now = (str(decision).replace("_", " ") for decision in (changes.before, changes.after))
    lines = [f"Verdict: {now}, as before" if was == now else f"Verdict: {was}, now {now}"]
    for change in Change:
        rows = changes.of(change)
        if rows:
            lines += ["", f"{change.value.capitalize()} ({len(rows)})", *(f"  {safe(_line(row))}" for row in rows)]
    if not changes.rows:
        lines.append("Nothing changed.")
    return "\n".join(lines)


def _line(row: Row) -> str:
    parts = (f"{row.grade}: {row.title}", row.where, row.id, f"({row.why})" if row.why else "")
    return "  ".join(part for part in parts if part)


def _json(changes: Changes) -> str:
    import json
    from dataclasses import asdict

    return json.dumps(
        {"before": changes.before, "after": changes.after, "changes": [asdict(row) for row in changes.rows]}, indent=2
    )
