"""What the helper process and its owner say to each other: frames with lengths in front, nothing that needs trust."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from enum import Enum
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.budget import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

REQUEST: Final = struct.Struct(">IQ")
FRAME: Final = struct.Struct(">cIQ")
LONGEST_NAME: Final = 1 << 16


class Kind(Enum):
    """What a frame of the answer says."""

    MEMBER = b"m"
    """Content found inside."""
    CLOSED = b"c"
    """A member that stayed closed; the data is the reason."""
    STOPPED = b"s"
    """The container, or the rest of it, stays closed: the name is the reason, the data a detail."""
    NOT_THIS = b"n"
    """The content was something else."""
    DONE = b"d"
    """Everything is said."""


def request(name: str, limits: Limits, data: bytes) -> bytes:
    """Write a request: which adapter, its bounds, the content."""
    head = json.dumps({"name": name, "limits": asdict(limits)}).encode()
    return b"".join((REQUEST.pack(len(head), len(data)), head, data))


def read_request(read: Callable[[int], bytes]) -> tuple[str, Limits, bytes] | None:
    """Read a request, None at the end."""
    start = read(REQUEST.size)
    if len(start) < REQUEST.size:
        return None
    head_length, data_length = REQUEST.unpack(start)
    head = json.loads(read(head_length))
    return head["name"], Limits(**head["limits"]), read(data_length)


def frame(kind: Kind, name: str = "", data: bytes = b"") -> bytes:
    """Write one frame of an answer."""
    raw = name.encode("utf-8", "backslashreplace")[:LONGEST_NAME]
    return FRAME.pack(kind.value, len(raw), len(data)) + raw + data
