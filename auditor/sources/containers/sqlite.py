"""SQLite databases: every table as comma-separated rows, in memory, nothing of it executed."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from io import StringIO
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Closed, Member, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget

_PAGE: Final = 4 * 1024 * 1024
_STEPS: Final = 20_000
_LONGEST: Final = 16 * 1024 * 1024
_BLOB_SHOWN: Final = 64
_JOURNAL: Final = slice(18, 20)


@container("sqlite", b"SQLite format 3\x00", isolated=True)
def open_sqlite(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the schema and the tables."""
    with closing(sqlite3.connect(":memory:")) as database:
        # A database in write-ahead mode cannot be opened from memory: say that it is in the other one.
        plain = bytearray(data)
        plain[_JOURNAL] = b"\x01\x01"
        database.deserialize(bytes(plain))
        database.set_progress_handler(lambda: int(budget.seconds_left <= 0), _STEPS)
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        database.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0"):
            database.execute(f"PRAGMA {pragma}")
        try:
            schema = database.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
        except (sqlite3.Error, MemoryError):
            raise CannotOpenError(Reason.BROKEN, "sqlite") from None
        yield Member("(schema)", _encode("\n".join(sql for _, _, sql in schema if isinstance(sql, str))))
        for kind, name, sql in schema:
            if kind == "table" and isinstance(name, str) and not str(sql).upper().startswith("CREATE VIRTUAL"):
                yield from _table(database, name, budget)


def _table(database: sqlite3.Connection, name: str, budget: Budget) -> Iterator[Member | Closed]:
    """Yield one table in pieces, each with the header; a damaged one as far as it can be read."""
    quoted = name.replace('"', '""')
    label = f"table {name}"
    inner: list[Member] = []
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    try:
        rows = database.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  the name is quoted, the database in memory
        header = [column[0] for column in rows.description]
        writer.writerow(header)
        for number, row in enumerate(rows, 1):
            writer.writerow([_cell(value, f"{label} row {number}", inner) for value in row])
            budget.check()
            if out.tell() > _PAGE:
                yield Member(label, _encode(out.getvalue()))
                out.seek(0)
                out.truncate()
                writer.writerow(header)
        yield Member(label, _encode(out.getvalue()))
    except (sqlite3.Error, OverflowError):
        yield Member(label, _encode(out.getvalue()))
        budget.check()
        yield Closed(label, f"{Reason.BROKEN.value} (sqlite)")
    yield from inner


def _cell(value: object, where: str, inner: list[Member]) -> object:
    """Return what stands for a value in its row; long binary values become members of their own."""
    if not isinstance(value, bytes):
        return value
    if len(value) > _BLOB_SHOWN and b"\x00" in value[:1024]:
        inner.append(Member(where, value))
        return f"({len(value)} bytes)"
    return value.decode("utf-8", "replace")


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
