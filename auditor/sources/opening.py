"""How files that others wrote are opened, on every system: never waiting for a FIFO, never following a link where that matters."""

from __future__ import annotations

import os
from typing import Final

READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""To read: a FIFO does not block, and on Windows line ends are left alone."""

_NO_FOLLOW: Final[int | None] = getattr(os, "O_NOFOLLOW", None)


def open_unfollowed(path: bytes) -> int:
    """Open a file to read it, and return its descriptor; a symbolic link is refused.

    Raises:
        OSError: it cannot be opened, or is a link.
    """
    if _NO_FOLLOW is None and os.path.islink(path):  # noqa: PTH114  bytes, which pathlib does not take
        msg = "a link"
        raise OSError(msg)
    return os.open(path, READ | (_NO_FOLLOW or 0))


def portable(path: bytes) -> bytes:
    """Return a path of this system with the separators that git and reports use."""
    return path if os.sep == "/" else path.replace(os.fsencode(os.sep), b"/")
