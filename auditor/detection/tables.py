"""Tables of people: what the columns are called, and whether the rows below really hold what the names promise.

Works on the text that follows a header, bounded by the window it is given; a table that goes on beyond it is said to have
at least so many rows.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MIN_ROWS: Final = 5
_SAMPLE: Final = 60
_DELIMITERS: Final = ",;|\t"
_MAX_COLUMNS: Final = 400
_SHARE: Final = 0.6

_KINDS: Final = {
    "name": re.compile(
        r"(?:(?:full|first|last|sur|fore|given|family|middle|patient|pupil|employee|customer|applicant|claimant|person"
        r"|child|parent)\s?name|surname|forename)"
        r"(?:\s?\d)?|name|names?|officer name|contact name"
    ),
    "birth": re.compile(
        r"(?:date of birth|birth\s?date|dateofbirth|dob|born|birth day|date of death|dod)(?: .{0,20})?|(?:patient|person"
        r"|pupil|applicant|child) (?:dob|date of birth)"
    ),
    "identifier": re.compile(
        r"(?:.{0,20} )?(?:nino|ni (?:number|no)|national insurance(?: (?:number|no))?|nhs\s?(?:number|no|num)|chi (?:number"
        r"|no)|upn|uln|utr|passport(?: (?:number|no))?"
        r"|driving licen[cs]e(?: (?:number|no))?|ssn|social security(?: (?:number|no))?|prison(?:er)? number|noms number"
        r"|nomis id|pnc(?: (?:number|id))?)"
    ),
    "contact": re.compile(
        r"(?:.{0,20} )?(?:e\s?mail(?: address)?|phone(?: (?:number|no))?|mobile(?: (?:number|no|phone))?"
        r"|tele?phone(?: (?:number|no))?|tel)"
    ),
    "address": re.compile(
        r"(?:.{0,20} )?(?:post\s?code|address(?: ?(?:line)? ?\d)?|street(?: address)?|house (?:number|name)|zip(?: ?code)?)"
    ),
    "sensitive": re.compile(
        r"(?:.{0,20} )?(?:ethnicity|ethnic (?:group|origin)|religion|sexual orientation|gender identity|disability"
        r"|disabilities|diagnosis|medical condition|offence|conviction|nationality"
        r"|trade union|immigration status|benefit type|sort\s?code|account (?:number|no)|iban|salary)"
    ),
}
_VALUES: Final = {
    "birth": re.compile(
        r"(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}|\d{8})(?:[T ].{0,20})?"
    ),
    "identifier": re.compile(r"(?=.*\d)[A-Za-z0-9 /-]{6,20}"),
    "contact": re.compile(r"[^@\s]{1,64}@[^@\s]{3,100}|\+?[\d ()-]{9,20}"),
    "address": re.compile(r"(?=.*[A-Za-z0-9]).{2,120}"),
    "name": re.compile(r"[^\d{}()\[\]=<>/\\@:;]{2,60}"),
    "sensitive": re.compile(r".{1,120}"),
}
_NOT_A_HEADER: Final = re.compile(
    r"[(){}=<>]|\b(?:def|return|function|import|select|from|where|var|let|const)\b|https?:", re.IGNORECASE
)
_SQL_COLUMNS: Final = re.compile(r"\(([^()]*)\)\s*$")
_SQL_ROW: Final = re.compile(r"\(((?:'(?:[^'\\]|\\.|'')*'|[^()'])*)\)")
_JSON_KEY: Final = re.compile(r"\"([A-Za-z_][\w -]{0,60})\"\s*:")
_JSON_PAIR: Final = re.compile(r"\"([A-Za-z_][\w -]{0,60})\"\s*:\s*(?:\"((?:[^\"\\]|\\.)*)\"|(-?[\d.]+))")
_JSON_ROW: Final = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Table:
    """What a table of people looks like."""

    columns: tuple[str, ...]
    rows: int
    more: bool

    def __str__(self) -> str:
        """Say how many rows of which columns, without any value."""
        count = f"{'at least ' if self.more else 'about '}{_rounded(self.rows):,} rows"
        shown = ", ".join(self.columns[:6]) + (" and others" if len(self.columns) > 6 else "")  # noqa: PLR2004  six are enough to see
        return f"{count} with columns {shown}"


def _rounded(rows: int) -> int:
    for step, bound in ((1, 50), (10, 500), (100, 5000)):
        if rows <= bound:
            return rows // step * step
    return rows // 1000 * 1000


def kind_of(column: str) -> str:
    """Say what a column of this name holds about a person; empty where it is nothing of the sort."""
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", column.strip(" \"'\ufeff`[]"))
    plain = re.sub(r"[\s_.-]+", " ", spaced).lower().strip()
    return next((kind for kind, expression in _KINDS.items() if expression.fullmatch(plain)), "")


def is_about_people(kinds: Sequence[str]) -> bool:
    """Tell whether columns together describe persons: an identifier or birth date with anything, or a name with an address."""
    found = {kind for kind in kinds if kind}
    if "identifier" in found or "birth" in found:
        return len(found) >= 2  # noqa: PLR2004  with anything else about the person
    names = sum(kind == "name" for kind in kinds)
    return "name" in found and (len(found - {"name"}) >= 2 or (names >= 2 and bool(found & {"address", "sensitive", "contact"})))  # noqa: PLR2004


def find(header: str, rest: str, *, cut: bool) -> Table | None:
    """Return the table of people that a header opens, or None where there is none.

    Args:
        header: a line of column names, an SQL statement up to its values, or the first row of a JSON list.
        rest: the text after it.
        cut: whether the text goes on beyond `rest`.
    """
    start = header.lstrip()[:6].lower()
    if start == "insert":
        return _of_rows(_sql_columns(header), _sql_rows(rest), cut=cut)
    if start.startswith("copy"):
        body, end, _ = rest.partition("\n\\.")
        rows = (line.split("\t") for line in body.splitlines()[1:])
        return _of_rows(_sql_columns(header), rows, cut=cut and not end)
    if start.startswith("["):
        return _json(header, rest, cut=cut)
    return _delimited(header, rest, cut=cut)


def _delimited(header: str, rest: str, *, cut: bool) -> Table | None:
    if _NOT_A_HEADER.search(header):
        return None
    delimiter = max(_DELIMITERS, key=header.count)
    if delimiter == "|" and header.strip().startswith("|"):
        rest = re.sub(r"^\s*\|?[\s:|-]+\|?\s*\n", "", rest.lstrip("\r\n"), count=1)
        header, rest = header.strip().strip("|"), re.sub(r"(?m)^\s*\|(.*)\|\s*$", r"\1", rest)
    columns = _split(header, delimiter)
    if not 2 <= len(columns) <= _MAX_COLUMNS or any(len(column) > 60 for column in columns):  # noqa: PLR2004  sentences are no columns
        return None
    width = len(columns)
    lines = rest.lstrip("\r\n").splitlines()
    kept: list[list[str]] = []
    count = 0
    for line in lines[: -1 if cut else None]:
        if not line.strip():
            break
        if len(kept) < _SAMPLE:
            cells = _split(line, delimiter)
            if len(cells) != width:
                if len(kept) - len(columns) < 0 and not kept:
                    return None
                if len(kept) < MIN_ROWS:
                    break
                continue
            kept.append(cells)
        count += 1
    return _judge(columns, kept, count, more=cut and count >= len(lines) - 2)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])]
    except csv.Error:
        return []


def _sql_columns(header: str) -> list[str]:
    found = _SQL_COLUMNS.search(header)
    return [column.strip(" `\"'[]\r\n\t") for column in found[1].split(",")] if found else []


def _sql_rows(rest: str) -> Iterator[list[str]]:
    values = re.match(r"\s*values\s*", rest, re.IGNORECASE)
    place = values.end() if values else 0
    while found := _SQL_ROW.match(rest, place):
        yield [
            cell.strip().strip("'")
            for cell in next(csv.reader([found[1].replace("\n", " ")], quotechar="'", skipinitialspace=True), [])
        ]
        gap = re.compile(r"\s*,\s*|\s*;\s*insert[^()]{1,200}\([^()]*\)\s*values\s*", re.IGNORECASE).match(rest, found.end())
        if not gap:
            return
        place = gap.end()


def _json(header: str, rest: str, *, cut: bool) -> Table | None:
    columns = list(dict.fromkeys(_JSON_KEY.findall(header)))
    whole = header + rest
    rows = ([dict(_pairs(found[0])).get(column, "") for column in columns] for found in _JSON_ROW.finditer(whole))
    return _of_rows(columns, rows, cut=cut)


def _pairs(row: str) -> Iterator[tuple[str, str]]:
    for key, text, number in _JSON_PAIR.findall(row):
        yield key, text or number


def _of_rows(columns: list[str], rows: Iterator[list[str]], *, cut: bool) -> Table | None:
    if len(columns) < 2 or not is_about_people([kind_of(column) for column in columns]):  # noqa: PLR2004  one column is no table
        return None
    kept: list[list[str]] = []
    count = 0
    for cells in rows:
        if len(cells) == len(columns):
            count += 1
            if len(kept) < _SAMPLE:
                kept.append(cells)
    return _judge(columns, kept, count, more=cut)


def _judge(columns: list[str], rows: list[list[str]], count: int, *, more: bool) -> Table | None:
    """Count only columns whose values are of the kind that their name promises."""
    if count < MIN_ROWS:
        return None
    kinds = []
    for place, column in enumerate(columns):
        kind = kind_of(column)
        values = [row[place] for row in rows if row[place].strip()]
        fits = kind and values and sum(bool(_VALUES[kind].fullmatch(value)) for value in values) >= _SHARE * len(values)
        varied = len(set(values)) >= min(3, len(values)) or kind == "sensitive"
        kinds.append(kind if fits and varied else "")
    if not is_about_people(kinds):
        return None
    return Table(tuple(column.strip(" \"'\ufeff") for column, kind in zip(columns, kinds, strict=True) if kind), count, more)
