"""Tables kept by column: read with the extra, said without it."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet

from auditor.model.blob import Blob
from auditor.sources.containers import Limits, expand
from auditor.sources.containers.budget import Budget, CannotOpenError
from auditor.sources.containers.columnar import open_arrow, open_parquet

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = {"first_name": ["Jane", "Amir"], "born": ["1984-03-17", None], "tags": [{"a": [1]}, None], "raw": [b"\x00" * 80, b"text"]}
READ = b'first_name,born,tags,raw\nJane,1984-03-17,"{""a"": [1]}",(80 bytes)\nAmir,,,text\n'


def as_parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def as_arrow(table: pa.Table) -> bytes:
    out = io.BytesIO()
    with pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


@pytest.mark.parametrize("made", [as_parquet, as_arrow])
def test_rows_are_read_as_text_with_their_header(made: Callable[[pa.Table], bytes]) -> None:
    data = made(pa.table(ROWS).replace_schema_metadata({"author": "Jane Doe"}))
    found = {item.container: item.data for item in expand(Blob("x", len(data), data), Limits()) if isinstance(item, Blob)}
    assert found["table",] == READ
    assert b"author: Jane Doe\n" in found["(metadata)",]


def test_more_than_the_bound_allows_is_said() -> None:
    data = as_parquet(pa.table({"a": ["x" * 1000] * 5000}))
    items = list(expand(Blob("x", len(data), data), Limits(bytes=1_000_000)))
    assert any("bound" in getattr(item, "reason", "") for item in items)


@pytest.mark.parametrize("reader", [open_parquet, open_arrow])
def test_without_the_extra_it_says_what_to_install(reader: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CannotOpenError, match=r"install auditor\[parquet\]"):
        list(reader(b"", Budget(Limits())))  # type: ignore[call-overload]
