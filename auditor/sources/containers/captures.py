"""Recorded web traffic: the bodies that HAR files and VCR cassettes keep as base64, compressed ones included.

The text of a recording is scanned as it is; this opens what it hides. Values are found by their keys with expressions that
take linear time, so that neither depth nor size of the JSON or YAML matters.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import Member, NotThisError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget, Closed

_JSON: Final = re.compile(rb'\s*\{\s*"(log"|interactions"|http_interactions"|recorded_with"|version"\s*:\s*1\b)')
_YAML: Final = re.compile(rb"(---\s+)?(#[^\n]*\n)*(http_interactions|interactions):")
_RECORDING: Final = re.compile(rb'interactions"?\s*:|"log"\s*:')
_QUOTED: Final = re.compile(rb'"(?:text|base64_string|string|body|data)"\s*:\s*"((?:[A-Za-z0-9+/=_-]|\\/|\\n|\\r){16,})"')
_PLAIN: Final = re.compile(rb"(?:base64_string|string|body):[ \t]*(?:!+binary[ \t]+)?['\"]?([A-Za-z0-9+/=_-]{16,})['\"]?[ \t\r]*\n")
_BLOCK: Final = re.compile(rb"!+binary[ \t]*(?:\|[-+0-9]*|>[-+0-9]*)?[ \t\r]*\n((?:[ \t]+[A-Za-z0-9+/=_-]+[ \t\r]*(?:\n|\Z))+)")
_NOISE: Final = re.compile(rb"\\[nr/]|\s")
_UNESCAPE: Final = {b"\\/": b"/"}
_STARTS: Final = (b'{"', b"{\n", b"{\r", b"{ ", b"{\t", b"--", b"ht", b"in")


def _looks(head: bytes, _size: int) -> bool:
    """Look at the first key."""
    return _JSON.match(head) is not None or _YAML.match(head) is not None


@container("web recording", *_STARTS, sniff=_looks)
def open_recording(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield decoded bodies in the order of the file, each named by its line."""
    if not _RECORDING.search(data):
        raise NotThisError
    found = sorted((match.start(1), match[1]) for pattern in (_QUOTED, _PLAIN, _BLOCK) for match in pattern.finditer(data))
    line, seen = 1, 0
    for start, raw in found:
        budget.member()
        body = _decode(raw)
        if body is None:
            continue
        line += data.count(b"\n", seen, start)
        seen = start
        budget.take(len(body))
        yield Member(f"body at line {line}", body)


def _decode(raw: bytes) -> bytes | None:
    """Return the content of base64, None where it is something else."""
    text = _NOISE.sub(lambda match: _UNESCAPE.get(match[0], b""), raw)
    text = text.translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        return None
