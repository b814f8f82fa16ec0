"""A table as the templates draw it and the script sorts it: columns, and cells with a text, a link and what to sort by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.reports import facts
from auditor.reports.portfolio import words

if TYPE_CHECKING:
    from datetime import date, datetime


_GROUPED: Final = 1000
"""From here on a number is written with a comma, which is nothing to sort by."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text, and what goes with it.

    `sort` is what to sort by where it is not the text; `state` a verdict, drawn as a mark; `detail` a second line; `links` several
    texts with their addresses, which come before the text.
    """

    text: str
    href: str = ""
    sort: str = ""
    state: str = ""
    detail: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; numbers stand on the right and are sorted as numbers."""

    title: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the first cell names it. `data` are attributes by which the page filters, values between bars."""

    cells: tuple[Cell, ...]
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `more` leads to the whole of it where only its beginning is shown, `left` says where the rest is."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    more: Cell | None = None
    left: str = ""


def columns(*names: str, numbers: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Make the headings of the named columns."""
    return tuple(Column(words.COLUMN[name], name in numbers) for name in names)


def number(value: int, href: str = "") -> Cell:
    """Make a cell of a number."""
    return Cell(f"{value:,}", href if value else "", "" if value < _GROUPED else str(value))


def moment(value: datetime | date | None, detail: str = "") -> Cell:
    """Make a cell of a day; the unknown sorts last."""
    return Cell(facts.day(value).replace(" ", "\u00a0"), "", value.isoformat(), detail=detail) if value else Cell(words.NOT_DATED)


def share(part: int, whole: int) -> Cell:
    """Make a cell of a percentage."""
    return Cell(words.percent(part, whole), "", f"{part / whole:.4f}" if whole else "")


def state(name: str) -> Cell:
    """Make a cell of a verdict."""
    return Cell(words.STATE[name], state=name)
