"""Notebooks: the cells and their outputs as text, one member each, so that a finding names the cell."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING, Any, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Member, NotThisError, Reason
from auditor.sources.containers.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget, Closed

_KEYS: Final = re.compile(rb'\{\s*"(cells|nbformat|nbformat_minor|metadata|worksheets)"\s*:')
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def _looks(head: bytes, _size: int) -> bool:
    """Look at the first key."""
    return _KEYS.match(head) is not None


@container("notebook", b'{"', b"{\n", b"{\r", b"{ ", b"{\t", sniff=_looks, isolated=True)
def open_notebook(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield sources, outputs and attachments."""
    if b'"nbformat"' not in data:
        raise NotThisError
    try:
        book: Any = json.loads(data)
    except (ValueError, RecursionError):
        raise CannotOpenError(Reason.BROKEN, "notebook") from None
    sheets = book.get("worksheets") or [book]
    cells = [cell for sheet in sheets for cell in sheet.get("cells", ())]
    for number, cell in enumerate(cells, 1):
        budget.member()
        source = _text(cell.get("source", cell.get("input", "")))
        if source:
            yield Member(f"cell {number} source", source.encode("utf-8", "surrogatepass"))
        for files in (cell.get("attachments") or {}).values():
            yield from _bundle(files, f"cell {number} attachment")
        for order, output in enumerate(cell.get("outputs") or (), 1):
            yield from _output(output, f"cell {number} output {order}")


def _output(output: dict[str, Any], label: str) -> Iterator[Member]:
    """Yield the texts and images of one output."""
    text = "\n".join(
        filter(None, (_text(output.get("text", "")), str(output.get("evalue", "")), _text(output.get("traceback", ""))))
    )
    if text:
        yield Member(label, _COLOURS.sub("", text).encode("utf-8", "surrogatepass"))
    yield from _bundle(output.get("data") or {}, label)


def _bundle(data: dict[str, Any], label: str) -> Iterator[Member]:
    """Yield content in several forms, images decoded."""
    for kind, value in data.items():
        text = _text(value)
        raw = text.encode("utf-8", "surrogatepass")
        if kind.startswith(("image/", "application/pdf")) and "svg" not in kind:
            try:
                raw = base64.b64decode(raw)
            except binascii.Error:
                continue
        if raw:
            yield Member(f"{label} ({kind})", raw)
        if kind == "text/html" and (rows := rows_of(text)):
            yield Member(f"{label} (table)", rows.encode("utf-8", "surrogatepass"))


def _text(value: object) -> str:
    """Join the lines of a text; other values as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(item if isinstance(item, str) else json.dumps(item) for item in value)
    return json.dumps(value, ensure_ascii=False) if value else ""
