"""PDF: text of the pages, properties, addresses of links, form fields, attachments; and pages as earlier revisions had them.

Who edits a PDF usually appends: what was blacked out or deleted is still in front of the last end mark.
"""

from __future__ import annotations

import logging
import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Closed, Member, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

    from auditor.sources.containers.budget import Budget

_END: Final = re.compile(rb"%%EOF\s*")
_REVISIONS: Final = 5
_STREAM: Final = re.compile(rb"stream\r?\n")
_SHOW: Final = re.compile(rb"(\((?:[^()\\]|\\.)*\)|\[[^\[\]]*\])\s*T[jJ]")
_LITERAL: Final = re.compile(rb"\(((?:[^()\\]|\\.)*)\)")
_LONGEST: Final = 4 * 1024 * 1024
_ANNOTATION_TEXTS: Final = ("/Contents", "/TU", "/V", "/DA", "/T")


@container("pdf", b"%PDF-", isolated=True)
def open_pdf(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield what a reader sees and what the file says of itself."""
    import pypdf  # noqa: PLC0415  a quarter of a second that only PDFs should cost

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        encrypted = reader.is_encrypted
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  the library raises anything on a damaged file
        yield from _loose(data, budget)
        raise CannotOpenError(Reason.BROKEN, "pdf") from None
    if encrypted:
        _decrypt(reader)
    seen: set[bytes] = set()
    if properties := _properties(reader):
        yield Member("(properties)", properties.encode("utf-8", "replace"))
    for item in _pages(reader, budget):
        if isinstance(item, Member):
            seen.add(item.data)
        yield item
    for name, contents in reader.attachments.items():
        for content in contents:
            yield Member(name, content)
    for number, end in enumerate(_revisions(data), 1):
        yield from _changed(data[:end], f"revision {number}", seen, budget)


def _revisions(data: bytes) -> list[int]:
    """Return where earlier revisions end; the last end mark is that of the file."""
    return [match.end() for match in _END.finditer(data)][:-1][-_REVISIONS:]


def _changed(data: bytes, label: str, seen: set[bytes], budget: Budget) -> Iterator[Member]:
    """Yield pages that read differently in an earlier revision; what is no whole file is none (fast web view has two ends)."""
    import pypdf  # noqa: PLC0415

    try:
        for item in _pages(pypdf.PdfReader(BytesIO(data), strict=False), budget):
            if isinstance(item, Member) and item.data not in seen:
                seen.add(item.data)
                yield Member(f"{label}, {item.name}", item.data)
    except (CannotOpenError, MemoryError):
        raise
    except Exception:  # noqa: BLE001  the library raises anything on what is no whole file
        return


def _loose(data: bytes, budget: Budget) -> Iterator[Member]:
    """Yield the texts of streams that unpack, where the file as a whole cannot be read."""
    lines: list[bytes] = []
    for match in _STREAM.finditer(data):
        budget.check()
        try:
            content = zlib.decompressobj().decompress(data[match.end() :], _LONGEST)
        except zlib.error:
            continue
        budget.take(len(content))
        lines += (b"".join(_LITERAL.findall(show)) for show in _SHOW.findall(content))
    if lines:
        yield Member("(streams)", b"\n".join(lines))


def _decrypt(reader: PdfReader) -> None:
    """Open what only asks for an owner's password.

    Raises:
        CannotOpenError: a password is needed, or a cipher that is not here.
    """
    try:
        opened = bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001  a cipher that is not installed raises its own kinds
        opened = False
    if not opened:
        raise CannotOpenError(Reason.ENCRYPTED, "pdf")


def _properties(reader: PdfReader) -> str:
    """Return the document's properties and its XMP packet."""
    lines = [f"{str(key).lstrip('/')}: {value}" for key, value in (reader.metadata or {}).items()]
    packet: Any = reader.root_object.get("/Metadata")
    if packet is not None:
        lines.append(packet.get_object().get_data().decode("utf-8", "replace"))
    return "\n".join(lines)


def _pages(reader: PdfReader, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the text of each page; a page that fails does not lose the others."""
    for number, page in enumerate(reader.pages, 1):
        label = f"page {number}"
        budget.member()
        try:
            lines = [page.extract_text(), *_annotations(page)]
        except (CannotOpenError, MemoryError):
            raise
        except Exception:  # noqa: BLE001  the library raises anything on a damaged page
            yield Closed(label, f"{Reason.BROKEN.value} (pdf)")
            continue
        text = "\n".join(line for line in lines if line)
        if text.strip():
            yield Member(label, text.encode("utf-8", "replace"))


def _annotations(page: Any) -> Iterator[str]:  # noqa: ANN401  the library's objects have no narrower type
    """Yield texts and addresses of notes, links and fields."""
    annotations: Any = page.get("/Annots")
    for reference in annotations.get_object() if annotations is not None else ():
        note = reference.get_object()
        yield from (str(note[key]) for key in _ANNOTATION_TEXTS if key in note)
        action = note.get("/A")
        if action is not None:
            target = action.get_object()
            yield from (str(target[key]) for key in ("/URI", "/JS", "/F") if key in target)
