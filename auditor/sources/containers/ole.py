"""Old Office files, Outlook messages and installers: text as people read it, texts of every stream, macros unpacked."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Final

from auditor.sources.containers import legacy
from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Closed, Member, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    import olefile

    from auditor.sources.containers.budget import Budget

_NARROW: Final = re.compile(rb"[\t\n\r\x20-\x7e\xa0-\xff]{6,}")
_WIDE: Final = re.compile(rb"(?:[\t\n\r\x20-\x7e\xa0-\xff]\x00){4,}")
_ENCRYPTED: Final = {"EncryptedPackage", "EncryptionInfo"}
_CHUNK: Final = 4096
_SIGNATURE: Final = 1
_MACRO: Final = b"\x00Attribut"
_PROPERTIES: Final = "\x05DocumentSummaryInformation"
_NUMBER: Final = 2


@container("ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", isolated=True)
def open_ole(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield the texts of each stream."""
    import olefile  # noqa: PLC0415  only old documents should cost the import

    with olefile.OleFileIO(BytesIO(data)) as ole:
        paths = ole.listdir(streams=True, storages=False)
        if any(path[-1] in _ENCRYPTED for path in paths):
            raise CannotOpenError(Reason.ENCRYPTED, "office document")
        for path in paths:
            budget.member()
            name = "/".join(path)
            try:
                content = ole.openstream(path).read()
            except OSError:
                yield Closed(name, f"{Reason.BROKEN.value} (ole)")
                continue
            text = strings(content)
            if text:
                yield Member(name, text)
            macro = _macro(content)
            if macro:
                yield Member(f"{name} (macro)", macro)
        yield from _as_read(ole, data, budget)


def _as_read(ole: olefile.OleFileIO, data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield properties and text as an application would show them; damage costs these only, the streams came before."""
    readers = ((_PROPERTIES, _properties), ("WordDocument", _word), ("PowerPoint Document", _slides))
    for name, read in readers:
        if ole.exists(name):
            text = read(ole)
            budget.take(len(text))
            if text.strip():
                yield Member(f"{name.strip(chr(5))} (text)", text.encode("utf-8", "replace"))
    if ole.exists("Workbook") or ole.exists("Book"):
        yield from _sheets(data, budget)


def _properties(ole: olefile.OleFileIO) -> str:
    """Return the properties that users define, sensitivity labels among them, one a line."""
    lines = []
    for item in ole.get_userdefined_properties(_PROPERTIES):
        value = item["value"]
        shown = value.replace(b"\x00", b"").decode("utf-8", "replace") if isinstance(value, bytes) else value
        lines.append(f"{item['property_name']}: {shown}")
    return "\n".join(lines)


def _word(ole: olefile.OleFileIO) -> str:
    """Return the text of a Word file."""
    document = ole.openstream("WordDocument").read()
    if legacy.is_encrypted(document):
        raise CannotOpenError(Reason.ENCRYPTED, "office document")
    table = legacy.word_table(document)
    try:
        return legacy.word_text(document, ole.openstream(table).read()) if table and ole.exists(table) else ""
    except ValueError:
        return ""


def _slides(ole: olefile.OleFileIO) -> str:
    """Return the texts of a presentation."""
    return "\n".join(legacy.slide_texts(ole.openstream("PowerPoint Document").read()))


def _sheets(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield each sheet as comma-separated rows, and its comments."""
    import xlrd  # noqa: PLC0415  only old spreadsheets should cost the import

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=StringIO(), on_demand=True)
    except xlrd.XLRDError as error:
        reason = Reason.ENCRYPTED if "encrypted" in str(error) else Reason.BROKEN
        yield Closed("Workbook", f"{reason.value} (xls)")
        return
    for number in range(book.nsheets):
        budget.member()
        sheet = book.sheet_by_index(number)
        out = StringIO()
        writer = csv.writer(out, lineterminator="\n")
        for row in sheet.get_rows():
            writer.writerow([_cell(cell.ctype, cell.value) for cell in row])
        for place, note in sorted(getattr(sheet, "cell_note_map", {}).items()):
            writer.writerow([f"comment {place[0] + 1}:{place[1] + 1}", note.text])
        budget.take(out.tell())
        yield Member(f"Workbook ({sheet.name})", out.getvalue().encode("utf-8", "replace"))
        book.unload_sheet(number)


def _cell(kind: int, value: object) -> str:
    """Write a cell as it looks: whole numbers without a point, as account numbers and telephone numbers are kept."""
    if kind == _NUMBER and isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def strings(content: bytes) -> bytes:
    """Return runs of readable characters, of one byte and of two, one a line."""
    narrow = (match[0].decode("latin-1").encode() for match in _NARROW.finditer(content))
    wide = (match[0].decode("utf-16-le").encode() for match in _WIDE.finditer(content))
    return b"\n".join((*narrow, *wide))


def _macro(content: bytes) -> bytes:
    """Return the source of a Visual Basic module, if the stream holds one."""
    at = content.find(_MACRO)
    # The container begins with a signature, two bytes of chunk header and the flags of the first tokens before the text.
    start = at - 3
    return unpack_macro(content[start:]) if at > 2 and content[start] == _SIGNATURE else b""  # noqa: PLR2004


def unpack_macro(packed: bytes) -> bytes:
    """Undo the compression of Visual Basic modules, as [MS-OVBA] 2.4.1 describes it; damage ends the text."""
    out = bytearray()
    offset = 1
    while offset + 2 <= len(packed):
        header = int.from_bytes(packed[offset : offset + 2], "little")
        end = min(len(packed), offset + (header & 0x0FFF) + 3)
        offset += 2
        if not header & 0x8000:
            out += packed[offset : offset + _CHUNK]
        elif not _unpack_chunk(packed, offset, end, out):
            break
        offset = end
    return bytes(out)


def _unpack_chunk(packed: bytes, offset: int, end: int, out: bytearray) -> bool:
    """Append one chunk; tell whether it was sound."""
    start = len(out)
    while offset < end:
        flags = packed[offset]
        offset += 1
        for bit in range(8):
            if offset >= end:
                break
            if not flags >> bit & 1:
                out.append(packed[offset])
                offset += 1
                continue
            token = int.from_bytes(packed[offset : offset + 2], "little")
            offset += 2
            bits = max(4, (len(out) - start - 1).bit_length())
            length, back = (token & (0xFFFF >> bits)) + 3, (token >> (16 - bits)) + 1
            if back > len(out) - start:
                return False
            for _ in range(length):
                out.append(out[-back])
    return True
