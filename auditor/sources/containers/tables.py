"""HTML tables as rows of text: a data frame in a notebook is shown to people as a table, and looked at as one."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

_CELLS: Final = frozenset({"td", "th"})


class _Rows(HTMLParser):
    """Collects the text of each cell; tags inside a cell are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell."""
        del attrs
        if tag == "tr":
            self.rows.append([])
        self._inside = tag in _CELLS or (self._inside and tag not in {"tr", "table"})
        if tag in _CELLS:
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        self._inside = self._inside and tag not in _CELLS

    def handle_data(self, data: str) -> None:
        """Take the text of a cell."""
        if self._inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def rows_of(html: str) -> str:
    """Return the rows of all tables, a line each, with tabs between the cells; empty where there is no table."""
    if "<table" not in html.lower():
        return ""
    parser = _Rows()
    parser.feed(html)
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in parser.rows if row)
    return "".join(f"{line}\n" for line in lines)
