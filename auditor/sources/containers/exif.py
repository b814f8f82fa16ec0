"""EXIF: cameras, names, comments and places, one `Tag: value` line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import Member

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditor.sources.containers.budget import Budget, Closed

_LONGEST: Final = 64 * 1024
_DEGREES: Final = 3
# Windows keeps title, comment, author, keywords and subject as UTF-16 in these tags.
_UTF16_TAGS: Final = range(0x9C9B, 0x9CA0)
_CODES: Final = {b"ASCII\x00\x00\x00": "ascii", b"UNICODE\x00": "utf-16", b"\x00" * 8: "utf-8"}


@container("exif", isolated=True)
def open_exif(data: bytes, _budget: Budget) -> Iterator[Member | Closed]:
    """Yield all tags as one text, and the position in decimal degrees besides."""
    from PIL import ExifTags, Image  # noqa: PLC0415  only images with EXIF should cost the import

    exif = Image.Exif()
    exif.load(b"Exif\x00\x00" + data)
    lines = [_line(ExifTags.TAGS, tag, value) for tag, value in exif.items()]
    for directory, names in (
        (ExifTags.IFD.Exif, ExifTags.TAGS),
        (ExifTags.IFD.GPSInfo, ExifTags.GPSTAGS),
        (ExifTags.IFD.Interop, ExifTags.TAGS),
    ):
        tags = exif.get_ifd(directory)
        lines += [_line(names, tag, value) for tag, value in tags.items()]
        if directory is ExifTags.IFD.GPSInfo:
            lines += _position(tags)
    text = "\n".join(line for line in lines if line)
    if text:
        yield Member("EXIF", text.encode("utf-8", "replace"))


def _line(names: Mapping[int, str], tag: int, value: object) -> str:
    """Write one tag, if it holds something to read."""
    if isinstance(value, bytes):
        if tag in _UTF16_TAGS:
            value = value.decode("utf-16-le", "replace").rstrip("\x00")
        else:
            code = _CODES.get(value[:8])
            value = value[8:].decode(code, "replace") if code else value[:_LONGEST].decode("utf-8", "replace")
    text = str(value).strip("\x00 ")
    return f"{names.get(tag, hex(tag))}: {text}" if text and len(text) <= _LONGEST else ""


def _position(tags: Mapping[int, Any]) -> list[str]:
    """Return where the picture was taken."""
    found = []
    for name, reference, value in (("GPSLatitude", 1, 2), ("GPSLongitude", 3, 4)):
        parts = tags.get(value)
        if isinstance(parts, tuple) and len(parts) == _DEGREES:
            degrees = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
            found.append(f"{name}: {-degrees if tags.get(reference) in {'S', 'W'} else degrees:.6f}")
    return found
