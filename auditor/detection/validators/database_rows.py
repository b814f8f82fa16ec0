"""Whether a copy of a database holds rows, or only says how its tables are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_BOOKKEEPING: Final = (
    b"schema_migrations",
    b"ar_internal_metadata",
    b"schema_migration",
    b"alembic_version",
    b"flyway_schema_history",
)
"""Tables that say which changes of the schema were made: Rails writes them into its `structure.sql`, which holds no other rows."""


@validator("rows-of-a-table")
def rows_of_a_table(value: bytes, context: Context) -> Answer:  # noqa: ARG001  what counts is the table that is filled
    """Reject a copy whose first rows are those of the schema's own bookkeeping: rows of people come before them or not at all."""
    table = context.groups.get("table", b"").strip(b'`"[]').replace(b'"', b"").rpartition(b".")[2]
    return verdict_of(table not in _BOOKKEEPING, sure=False)
