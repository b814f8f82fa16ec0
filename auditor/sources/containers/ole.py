"""Old Office files, Outlook messages and installers: texts of every stream, macros unpacked."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Closed, Member, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget

_NARROW: Final = re.compile(rb"[\t\n\r\x20-\x7e\xa0-\xff]{6,}")
_WIDE: Final = re.compile(rb"(?:[\t\n\r\x20-\x7e\xa0-\xff]\x00){4,}")
_ENCRYPTED: Final = {"EncryptedPackage", "EncryptionInfo"}
_CHUNK: Final = 4096
_SIGNATURE: Final = 1
_MACRO: Final = b"\x00Attribut"


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
