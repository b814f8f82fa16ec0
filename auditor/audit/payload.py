"""A fact as the store holds it: JSON, and beside it the long bytes that stand in it, which JSON could only hold as text.

Ids and the lines of a history are most of what is kept of a large repository. As text they are half as long again, and ids, which
are random, cost far more time to compress than they save room.
"""

from __future__ import annotations

import json
import zlib
from typing import Any, Final

_LENGTH: Final = 8
_BYTES: Final = "\0bytes"
"""The key that stands where bytes stood; no fact of ours has it."""
_MARK: Final = json.dumps(_BYTES).encode()
_SAMPLE: Final = 1 << 16
_WINDOW: Final = 11
"""The window has two to this power of bytes."""
_SHORT: Final = 1 << _WINDOW


class Written(bytes):
    """A JSON value that is written already, without long bytes in it."""

    __slots__ = ()


def packed(fact: object) -> bytes:
    """Pack a JSON value, in which there may be bytes.

    Raises:
        TypeError: there is something else in it.
    """
    parts: list[bytes] = []
    if isinstance(fact, Written):
        text = _small(fact)
        return len(text).to_bytes(_LENGTH, "big") + text

    def aside(part: object) -> dict[str, list[int]]:
        if not isinstance(part, bytes):
            msg = f"a {type(part).__name__} cannot be kept"
            raise TypeError(msg)
        small = _pays(part)
        parts.append(_small(part) if small else part)
        return {_BYTES: [len(parts[-1]), int(small)]}

    text = _small(json.dumps(fact, separators=(",", ":"), default=aside).encode())
    return b"".join((len(text).to_bytes(_LENGTH, "big"), text, *parts))


def written(payload: bytes) -> Written:
    """Return a value without long bytes as it was written.

    Raises:
        zlib.error: `packed` did not write this.
    """
    return Written(zlib.decompress(payload[_LENGTH:]))


def unpacked(payload: bytes) -> Any:  # noqa: ANN401  whatever JSON holds
    """Return the value again.

    Raises:
        zlib.error, ValueError: `packed` did not write this.
    """
    at = _LENGTH + int.from_bytes(payload[:_LENGTH], "big")
    text = zlib.decompress(payload[_LENGTH:at])
    if _MARK not in text:
        return json.loads(text)

    def put_back(found: dict[str, Any]) -> Any:  # noqa: ANN401  as above
        nonlocal at
        if _BYTES not in found:
            return found
        length, small = found[_BYTES]
        part, at = payload[at : at + length], at + length
        return zlib.decompress(part) if small else part

    return json.loads(text, object_hook=put_back)


def _small(data: bytes) -> bytes:
    """Compress; what is short in a window of its size, since making the usual one takes ten times as long as filling it."""
    if len(data) > _SHORT:
        return zlib.compress(data, 1)
    made = zlib.compressobj(1, zlib.DEFLATED, _WINDOW, 1)
    return made.compress(data) + made.flush()


def _pays(part: bytes) -> bool:
    """Tell whether compressing takes off more than half, as far as its beginning shows."""
    sample = part[:_SAMPLE]
    return len(zlib.compress(sample, 1)) * 2 < len(sample)
