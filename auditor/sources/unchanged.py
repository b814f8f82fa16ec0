"""One value for everything that a scan of a repository would read, made without reading any object.

Packs and loose objects by name, size, time and file number; refs, settings of git, and files of the working tree by content.
Whatever cannot be told apart this way gives no value, and then everything is read.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from auditor.sources.layout import read_regular
from auditor.sources.refs import raw_refs
from auditor.sources.text_objects import config_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.layout import Layout

_LIMIT = 1 << 26
_CONTENT = ("shallow", "info/grafts", "info/exclude")


def state_of(layout: Layout) -> bytes:
    """Return the value for the git folder of a repository; empty where refs are kept in a form that is not read."""
    if layout.reftable:
        return b""
    digest = hashlib.blake2b(digest_size=32)
    for part in _parts(layout):
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.digest()


def _parts(layout: Layout) -> Iterator[bytes]:
    yield repr(layout).encode("utf-8", "surrogateescape")
    yield from raw_refs(layout)
    for folder in dict.fromkeys((layout.git_dir, layout.common)):
        for name in _CONTENT:
            yield read_regular(folder / name, _LIMIT) or b"-"
    for name, path in config_files(layout, ""):
        yield name.encode("utf-8", "surrogateescape") + b"\0" + (read_regular(path, _LIMIT) or b"-")
    for folder in (*layout.objects, layout.common / "lfs" / "objects"):
        yield from _files_below(os.fsencode(folder))


def _files_below(folder: bytes) -> Iterator[bytes]:
    """Yield a line for each file: its path, and what changes when it is written, replaced or linked elsewhere."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield folder + b" %d" % (error.errno or 0)
        return
    for entry in entries:
        if entry.is_dir():
            yield from _files_below(entry.path)
            continue
        try:
            facts = entry.stat()
        except OSError as error:
            yield entry.path + b" %d" % (error.errno or 0)
            continue
        numbers = (facts.st_mode, facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)
        yield entry.path + b"".join(b" %d" % number for number in numbers)
