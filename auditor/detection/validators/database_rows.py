"""Whether a copy of a database holds rows, or only says how its tables are made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_FILLED: Final = re.compile(rb"INSERT INTO [`\"\[]?(?:\w+[`\"\]]?\.[`\"\[]?)?(\w+)")
_COPIED: Final = re.compile(rb"FROM stdin;\r?\n[^\\\n]")
_BOOKKEEPING: Final = b"schema_migrations"
"""Which changes of the schema were made: Rails writes these rows into its `structure.sql`, which holds no others."""


@validator("rows-of-a-table")
def rows_of_a_table(value: bytes, context: Context) -> Answer:  # noqa: ARG001  what counts is what is filled after it
    """Reject a copy in which nothing is seen to be filled but the schema's own bookkeeping."""
    filled = set(_FILLED.findall(context.after))
    return verdict_of(filled != {_BOOKKEEPING} or _COPIED.search(context.after) is not None, sure=False)
