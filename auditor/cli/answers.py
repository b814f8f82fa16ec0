"""What the commands that write openness.yml are told alike: who says so, until when, about which finding."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from auditor.errors import UsageError

if TYPE_CHECKING:
    from auditor.openness.writing import Signature

Repo = Annotated[Path, typer.Option("--repo", help="The repository, or a folder in it.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")]
Role = Annotated[str, typer.Option(help="Who says so, as a role: 'technical lead'.")]
Name = Annotated[str, typer.Option(help="A name or team handle, where you wish. The file is published.")]

_FINGERPRINT: Final = re.compile(r"(?:val|loc)-[0-9a-f]{20}\Z")


def today() -> date:
    """Return the day on which an answer is given."""
    return datetime.now(UTC).date()


def fingerprint(text: str) -> str:
    """Return a fingerprint as it is written in reports.

    Raises:
        UsageError: it is none.
    """
    if not _FINGERPRINT.match(text):
        # What was typed is not repeated: it may be the secret itself.
        msg = "That is not a fingerprint: one begins with val- or loc- and has 20 hexadecimal digits after it."
        raise UsageError(msg, hint="Copy it from a report; `auditor scan` shows it beside each finding.")
    return text


def day(text: str, option: str) -> date:
    """Return a date.

    Raises:
        UsageError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{option} is not a date."
        raise UsageError(msg, hint="Write dates as 2026-11-23.") from None


def until(text: str, option: str = "--until") -> date:
    """Return a date that is not over.

    Raises:
        UsageError: it is no date, or in the past.
    """
    end = day(text, option)
    if end < today():
        msg = f"{option} {end.isoformat()} is in the past."
        raise UsageError(msg, hint="Name a day on which somebody looks again.")
    return end


def signature(role: str, name: str = "") -> Signature:
    """Return who says so, today.

    Raises:
        UsageError: no role was given.
    """
    from auditor.openness.writing import Signature

    if not role.strip():
        msg = "--role is empty."
        raise UsageError(msg, hint="Name the role that answers for this, such as 'technical lead'.")
    return Signature(role.strip(), today(), name.strip())
