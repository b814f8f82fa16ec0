"""Pictures and documents that a person has to look at, and why."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.openness.registry import CheckContext

_PHOTOGRAPHS: Final = (".jpg", ".jpeg", ".tif", ".tiff", ".heic")
_PICTURES: Final = (*_PHOTOGRAPHS, ".png", ".gif", ".webp", ".bmp")
_DOCUMENTS: Final = (".pdf", ".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp", ".msg", ".eml")
_SCREENSHOT: Final = re.compile(
    r"screen[ _-]?(?:shot|grab|cap)|(?:^|/)(?:IMG|DSC|PXL|WhatsApp|Capture|scan)[ _-]?\d|photo", re.IGNORECASE
)
_GPS: Final = 0x8825
_READ: Final = 256_000


def to_look_at(context: CheckContext) -> list[tuple[str, str]]:
    """Return path and reason of each picture and document of the tip that a person has to open."""
    tree = [path for path in context.view.tree if not path.lower().endswith(".svg")]
    found = dict(_located(context, [path for path in tree if path.lower().endswith(_PHOTOGRAPHS)]))
    for path in tree:
        lower = path.lower()
        if lower.endswith(_PICTURES) and _SCREENSHOT.search(path):
            found.setdefault(path, "a screenshot or photograph by its name")
        elif lower.endswith(_DOCUMENTS):
            found.setdefault(path, "a document")
    return sorted(found.items())


def _located(context: CheckContext, paths: list[str]) -> Iterator[tuple[str, str]]:
    for path, content in context.view.read_many(paths, limit=_READ):
        if b"Exif" in content[:65_536] and _has_position(content):
            yield path, "the picture says where it was taken"


def _has_position(content: bytes) -> bool:
    """Read the header only; a picture that lies about itself is one that a person opens."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  dear to import, and few pictures say how they were taken

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as picture:
                return bool(picture.getexif().get_ifd(_GPS))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
