"""Two databases row by row: everything has to be the same but numbers, and when something was done."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, Final

from auditor.org.store import Store
from tests.org.samples import contents

if TYPE_CHECKING:
    from collections.abc import Iterable

_TIMES: Final = ("seconds", "at", "recorded", "started", "finished")
_OF_A_RUN: Final = ("runs", "verdicts")
"""Tables that have rows for each run: two databases with another number of runs are compared without them."""


def rows(url: str, *, runs: bool = True) -> dict[str, list[str]]:
    """Return what a database holds, table by table, in an order that does not depend on who came first."""
    with Store(url) as store:
        held = contents(store, leave_out=_TIMES)
    return {table: sorted(_plain(row) for row in found) for table, found in held.items() if runs or table not in _OF_A_RUN}


def differences(one: dict[str, list[str]], two: dict[str, list[str]]) -> list[str]:
    """Return a line for each row that only one of two databases has."""
    found = []
    for table in one.keys() | two.keys():
        here, there = set(one.get(table, ())), set(two.get(table, ()))
        found += [f"{table}: only in the first: {row[:400]}" for row in here - there]
        found += [f"{table}: only in the second: {row[:400]}" for row in there - here]
        if len(one.get(table, ())) != len(two.get(table, ())):
            found.append(f"{table}: {len(one.get(table, ()))} rows and {len(two.get(table, ()))}")
    return found


def count(held: dict[str, list[str]]) -> int:
    """Return how many rows there are."""
    return sum(map(len, held.values()))


def _plain(row: dict[str, Any]) -> str:
    """Write a row as text; a report without the moment at which it was made."""
    kept = {key: value for key, value in row.items() if key != "generated"}
    if "document" in kept:
        document = json.loads(zlib.decompress(kept["document"]))
        kept["document"] = _without(document, ("generated",))
    return json.dumps(kept, sort_keys=True, default=str)


def _without(node: Any, names: Iterable[str]) -> Any:  # noqa: ANN401  JSON
    if isinstance(node, dict):
        return {key: _without(value, names) for key, value in node.items() if key not in names}
    return [_without(value, names) for value in node] if isinstance(node, list) else node
