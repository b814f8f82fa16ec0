"""Spreadsheets as comma-separated rows with the header first, so that tables of people are seen as tables."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.xmltext import local

if TYPE_CHECKING:
    from auditor.sources.containers.budget import Budget

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})\d+")
_COLUMNS: Final = 16_384
_REPEATS: Final = 256
_HEADERS: Final = frozenset(f"{which}{what}" for which in ("odd", "even", "first") for what in ("Header", "Footer"))
_CODES: Final = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-F]{6}|\d+|[A-Z&])")
"""Codes in a header: a section, a font, a size. They stand right before the text, as in `&COFFICIAL`."""


class SharedStrings:
    """The strings that cells of an xlsx refer to by number."""

    def __init__(self) -> None:
        """Begin with none."""
        self.values: list[str] = []
        self._parts: list[str] = []
        self._inside = False

    def start(self, tag: str, attrib: dict[str, str]) -> None:  # noqa: ARG002  the parser's protocol
        """A text begins."""
        self._inside = local(tag) == "t"

    def end(self, tag: str) -> None:
        """A string ends: its runs are joined."""
        self._inside = False
        if local(tag) == "si":
            self.values.append("".join(self._parts))
            self._parts.clear()

    def data(self, data: str) -> None:
        """Gather text."""
        if self._inside:
            self._parts.append(data)

    def close(self) -> None:
        """Nothing is left to do."""

    def text(self) -> str:
        """Return the strings, one a line: some may be in no cell any more."""
        return "\n".join(self.values)


class SheetNames:
    """The names of the sheets, and the other texts of a workbook (defined names hold formulas)."""

    def __init__(self) -> None:
        """Begin with none."""
        self._names: list[str] = []
        self._other: list[str] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """Note a sheet."""
        name = local(tag)
        if name == "sheet":
            self._names.append(attrib.get("name", ""))
        elif name in {"definedName", "fileSharing", "absPath"}:
            self._other.append(" ".join(f"{local(key)}={value}" for key, value in attrib.items()))

    def end(self, tag: str) -> None:
        """Nothing ends here."""

    def data(self, data: str) -> None:
        """Keep texts."""
        if data.strip():
            self._other.append(data)

    def close(self) -> None:
        """Nothing is left to do."""

    def text(self) -> str:
        """Return names and texts, one a line."""
        return "\n".join((*self._names, *self._other))

    def title(self, part: str) -> str:
        """Return the name of the sheet in a part; parts are numbered as sheets are listed unless someone moved them."""
        match = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", part)
        number = int(match[1]) if match and len(match[1]) < len(str(_COLUMNS)) else 0
        return self._names[number - 1] if 0 < number <= len(self._names) else ""


class _Rows:
    """Rows on their way into comma-separated text, counted as they grow."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._out = StringIO()
        self._writer = csv.writer(self._out, lineterminator="\n")

    def add(self, cells: list[str]) -> None:
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        # Counted before it is written: thousands of cells may all refer to one string of a megabyte.
        self._budget.take(sum(map(len, cells)) + len(cells))
        self._writer.writerow(cells)

    def text(self) -> str:
        return self._out.getvalue()


class SheetTarget:
    """One sheet of an xlsx: rows, then the formulas."""

    def __init__(self, strings: SharedStrings, budget: Budget) -> None:
        """Resolve numbers of strings with `strings`."""
        self._strings = strings.values
        self._rows = _Rows(budget)
        self._cells: list[str] = []
        self._formulas: list[str] = []
        self._kind = ""
        self._column = 0
        self._value: list[str] = []
        self._open = ""

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """A row, a cell or its value begins."""
        self._open = name = local(tag)
        if name == "row":
            self._cells = []
        elif name == "c":
            self._kind = attrib.get("t", "")
            match = _REFERENCE.fullmatch(attrib.get("r", ""))
            self._column = _column(match[1]) if match else len(self._cells)
            self._value = []

    def end(self, tag: str) -> None:
        """A cell or a row ends."""
        name = local(tag)
        self._open = ""
        if name == "c" and self._column < _COLUMNS:
            self._cells += [""] * (self._column + 1 - len(self._cells))
            self._cells[self._column] = self._resolve("".join(self._value))
        elif name == "row":
            self._rows.add(self._cells)
            self._cells = []

    def data(self, data: str) -> None:
        """Gather the value; formulas go aside, headers and footers too."""
        if self._open in {"v", "t"}:
            self._value.append(data)
        elif data.strip():
            self._formulas.append(_CODES.sub(" ", data) if self._open in _HEADERS else data)

    def close(self) -> None:
        """Nothing is left to do."""

    def text(self) -> str:
        """Return rows, then formulas."""
        return self._rows.text() + "\n".join(self._formulas)

    def _resolve(self, value: str) -> str:
        if self._kind != "s" or not value.isdecimal() or len(value) > len(str(1 << 32)):
            return value
        number = int(value)
        return self._strings[number] if number < len(self._strings) else ""


class OdsTarget:
    """The sheets of an ods: each begins with its name."""

    def __init__(self, budget: Budget) -> None:
        """Count rows against this budget."""
        self._rows = _Rows(budget)
        self._cells: list[str] = []
        self._value: list[str] = []
        self._times = 1
        self._depth = 0

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """A sheet, a row or a cell begins."""
        own = {local(key): value for key, value in attrib.items()}
        name = local(tag)
        if name == "table":
            self._rows.add([own.get("name", "")])
        elif name == "table-row":
            self._cells = []
        elif name in {"table-cell", "covered-table-cell"}:
            times = own.get("number-columns-repeated", "1")
            self._times = min(int(times), _REPEATS) if times.isdecimal() and len(times) < len("100000") else 1
            self._value = []
        elif name in {"p", "h"}:
            self._depth += 1
            if self._value:
                self._value.append(" ")
        if formula := own.get("formula"):
            self._rows.add([formula])

    def end(self, tag: str) -> None:
        """A paragraph, a cell or a row ends."""
        name = local(tag)
        if name in {"p", "h"}:
            self._depth -= 1
        elif name in {"table-cell", "covered-table-cell"}:
            self._cells += ["".join(self._value)] * self._times if len(self._cells) < _COLUMNS else []
        elif name == "table-row":
            self._rows.add(self._cells)
            self._cells = []

    def data(self, data: str) -> None:
        """Gather the text of paragraphs."""
        if self._depth > 0:
            self._value.append(data)

    def close(self) -> None:
        """Nothing is left to do."""

    def text(self) -> str:
        """Return the rows."""
        return self._rows.text()


def _column(letters: str) -> int:
    """Return the number of a column, 0 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
