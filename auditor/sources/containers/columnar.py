"""Tables kept by column: Parquet, and Arrow files (Feather). Rows as comma-separated text, read in the helper.

The reader is Apache's own, pyarrow. It is large, so it is an extra of this package; without it these files stay closed and are
listed as opaque content.
"""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Member, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget, Closed

_ROWS: Final = 2000
_PAGE: Final = 4 * 1024 * 1024
_LONG: Final = 64
_HOW: Final = "install auditor[parquet] to have it read"


@container("parquet", b"PAR1", isolated=True)
def open_parquet(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield what the file says of itself, and its table."""
    arrow = _arrow("parquet")
    from pyarrow import parquet  # noqa: PLC0415  a part of the extra

    file = parquet.ParquetFile(arrow.BufferReader(data), pre_buffer=False)
    yield from _table(file.schema_arrow, file.iter_batches(batch_size=_ROWS, use_threads=False), budget)


@container("arrow", b"ARROW1\x00\x00", isolated=True)
def open_arrow(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield what the file says of itself, and its table."""
    arrow = _arrow("arrow")
    file = arrow.ipc.open_file(arrow.BufferReader(data))
    batches = (
        file.get_batch(number).slice(start, _ROWS)
        for number in range(file.num_record_batches)
        for start in range(0, file.get_batch(number).num_rows, _ROWS)
    )
    yield from _table(file.schema, batches, budget)


def _arrow(what: str) -> Any:  # noqa: ANN401  a module without types
    """Return the reader, bounded to one thread and to memory that is given back.

    Raises:
        CannotOpenError: it is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  an extra
        import pyarrow.ipc  # noqa: PLC0415  a part of it
    except ImportError:
        raise CannotOpenError(Reason.UNSUPPORTED, f"{what}: {_HOW}") from None
    pa.set_memory_pool(pa.system_memory_pool())
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    return pa


def _table(schema: Any, batches: Iterator[Any], budget: Budget) -> Iterator[Member | Closed]:  # noqa: ANN401  types of the extra
    """Yield the notes beside the columns, then the rows in pieces, each with the header."""
    notes = schema.metadata or {}
    if notes:
        yield Member("(metadata)", b"".join(key + b": " + value + b"\n" for key, value in notes.items()))
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(schema.names)
    for batch in batches:
        budget.check()
        writer.writerows(map(_cell, row) for row in zip(*(column.to_pylist() for column in batch.columns), strict=True))
        if out.tell() > _PAGE:
            yield Member("table", out.getvalue().encode("utf-8", "surrogateescape"))
            out.seek(0)
            out.truncate()
            writer.writerow(schema.names)
    yield Member("table", out.getvalue().encode("utf-8", "surrogateescape"))


def _cell(value: object) -> object:
    """Return what stands for a value in its row."""
    if isinstance(value, bytes):
        return f"({len(value)} bytes)" if len(value) > _LONG and b"\x00" in value else value.decode("utf-8", "replace")
    return json.dumps(value, default=str, ensure_ascii=False) if isinstance(value, (dict, list)) else value
