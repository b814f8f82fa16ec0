"""The command line: parse, call, render, exit code. `main` is the console script."""

from __future__ import annotations

import gc
from typing import Final

_COLLECT: Final = (1_000_000, 20, 100)
"""Allocations between two searches for cycles. An audit makes many small values and hardly a cycle: with the usual 700, a$
quarter of the processor time of a scan with little to read goes into looking through them again and again."""


def main() -> None:
    """Run the command line; never returns, the exit code says what was found."""
    gc.set_threshold(*_COLLECT)
    from auditor.cli.app import app
    from auditor.cli.guard import guarded

    try:
        guarded(app)
    finally:
        gc.freeze()  # the process ends: looking for cycles once more among all that was found takes half a second
