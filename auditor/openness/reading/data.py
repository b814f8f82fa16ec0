"""Data files of the tip: which there are, what the columns of tables are called, and what notebooks keep of their runs."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.openness.registry import CheckContext

CLOSED_DATA: Final = (".parquet", ".feather", ".rdata", ".rds", ".sav", ".dta", ".sas7bdat", ".mdb", ".accdb", ".pkl", ".pickle")
"""Formats that hold tables and are read by no rule, or only where an extra is installed."""
OPENED_DATA: Final = (".parquet", ".feather")
"""Those of them that the extra reads: what stayed closed is in the coverage."""
_DATA: Final = (".csv", ".tsv", ".xls", ".xlsx", ".ods", *CLOSED_DATA)
_TABLES: Final = (".csv", ".tsv", ".psv")
_TEST: Final = re.compile(
    r"(?:^|/)(?:tests?|specs?|fixtures?|features|examples?|samples?|mocks?|stubs?|cassettes)(?:[_-][^/]*)?/", re.IGNORECASE
)
_SPECIAL: Final = re.compile(
    r"ethnic|religio|belief|disabilit|health|diagnos|medical|offence|convict|criminal|sexual|orientation|benefit|pregnan|"
    r"trade[_ ]?union|political|biometric|genetic",
    re.IGNORECASE,
)
_IDENTIFYING: Final = re.compile(
    r"^(?:(?:first|last|full|given|family|sur)[_ ]?name|surname|forename|nhs[_ ]?(?:no|num\w*)|nino|national[_ ]?insurance\w*|"
    r"d(?:ate)?[_ ]?o(?:f)?[_ ]?b(?:irth)?|e-?mail(?:[_ ]?address)?|postcode|address(?:[_ ]?line)?[_ ]?1?|phone\w*|mobile\w*)$",
    re.IGNORECASE,
)
_HEAD: Final = 4096
_MOST_FILES: Final = 2000


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a text table that matter: those that identify a person, and those of special categories."""

    path: str
    identifies: tuple[str, ...]
    special: tuple[str, ...]


def data_files(context: CheckContext) -> list[str]:
    """Return data files outside tests and examples."""
    return [path for path in context.view.tree if path.lower().endswith(_DATA) and not _TEST.search(path)]


def tables(context: CheckContext) -> tuple[Table, ...]:
    """Return the tables of the tip by their header lines, read once for all checks."""
    return context.once("tables", lambda: tuple(_tables(context)))


def _tables(context: CheckContext) -> Iterator[Table]:
    paths = [path for path in context.view.tree if path.lower().endswith(_TABLES)][:_MOST_FILES]
    for path, content in context.view.read_many(paths, limit=_HEAD):
        header = content.decode("utf-8-sig", "replace").splitlines()[:1]
        if not header:
            continue
        delimiter = max(",\t;|", key=header[0].count)
        try:
            columns = [cell.strip() for cell in next(csv.reader(header, delimiter=delimiter), [])]
        except csv.Error:
            continue
        identifies = tuple(c for c in columns if _IDENTIFYING.match(c))
        special = tuple(c for c in columns if len(c) < 60 and _SPECIAL.search(c))  # noqa: PLR2004  longer is a sentence, no column
        yield Table(path, identifies, special)


def outputs(context: CheckContext, notebooks: Sequence[str]) -> list[tuple[str, int]]:
    """Return the notebooks that keep output, with the number of such cells; one that cannot be read counts as keeping some."""
    found = []
    for path, content in context.view.read_many(notebooks, limit=20_000_000):
        try:
            cells = json.loads(content)["cells"]
            count = sum(bool(cell.get("outputs")) for cell in cells)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            count = 1
        if count:
            found.append((path, count))
    return found
