"""The command line: parse, call, render, exit code. `main` is the console script."""

from __future__ import annotations


def main() -> None:
    """Run the command line; never returns, the exit code says what was found."""
    from auditor.cli.app import app
    from auditor.cli.guard import guarded

    guarded(app)
