"""Objects read from packs at home: no pipe to another process, and no base of deltas unpacked again for each of its versions.

Git stays the judge: whatever is not plainly whole here (loose, damaged, very large, of an unknown form) is left to it.
The entries of a pack are documented in https://git-scm.com/docs/gitformat-pack; dulwich reads indexes and applies deltas.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import sys
import zlib
from binascii import unhexlify
from collections import OrderedDict
from contextlib import ExitStack
from types import BuiltinFunctionType
from typing import IO, TYPE_CHECKING, Final

from dulwich.errors import ApplyDeltaError
from dulwich.object_format import SHA1, SHA256
from dulwich.objects import RawObjectID
from dulwich.pack import apply_delta, load_pack_index_file

from auditor.sources.layout import read_regular
from auditor.sources.opening import READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Self

    from dulwich.pack import PackIndex

    from auditor.sources.git import Git

    Place = tuple[int, int]

_KINDS: Final = {1: b"commit", 2: b"tree", 3: b"blob", 4: b"tag"}
_BY_OFFSET, _BY_ID = 6, 7
_BLOCK: Final = 4096
"""Most entries are smaller, head and content."""
_LARGEST: Final = 256 * 1024 * 1024
_INDEXES: Final = 128 * 1024 * 1024
"""Bytes of all indexes that one worker holds."""
_MOST: Final = 64
"""Packs that are open at once: a process may have a few hundred files open, and there are repositories with thousands of packs."""
_LONGEST_CHAIN: Final = 4096
"""Git makes none that is longer."""
_WIDEST: Final = 63
_REMEMBERED: Final = 48 * 1024 * 1024
_COMPILED: Final = isinstance(apply_delta, BuiltinFunctionType)
"""In Python alone deltas of large files take longer than git and its pipe."""
_BROKEN: Final = (OSError, MemoryError, IndexError, KeyError, ValueError, AssertionError, struct.error, zlib.error, ApplyDeltaError)
"""What libraries raise at bytes that git did not write."""


class Packs:
    """The packs of one git folder; as a context it closes them."""

    def __init__(self, git: Git) -> None:
        """Open every pack that can be read here."""
        self._files = ExitStack()
        self._packs = [_Pack(number, *found) for number, found in enumerate(_opened(git, self._files))] if _COMPILED else []
        self._recent: OrderedDict[Place, tuple[bytes, bytes]] = OrderedDict()
        self._size = 0

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the files."""
        self._files.close()

    def read(self, oid: bytes) -> tuple[bytes, bytes] | None:
        """Return kind and content of an object; None where git has to be asked."""
        raw = RawObjectID(unhexlify(oid))
        for number, pack in enumerate(self._packs):
            try:
                place = pack.index.object_offset(raw)
            except KeyError:
                continue
            except _BROKEN:
                return None
            if number:  # what comes next lies in the same pack
                self._packs.insert(0, self._packs.pop(number))
            try:
                return self._whole(pack, place)
            except _BROKEN:
                return None
        return None

    def _whole(self, pack: _Pack, place: int) -> tuple[bytes, bytes]:
        deltas: list[tuple[int, bytes]] = []
        while (known := self._recent.get((pack.number, place))) is None:
            kind, content, base = pack.entry(place)
            if base is None:
                known = self._remember(pack, place, (_KINDS[kind], content))
                break
            deltas.append((place, content))
            if len(deltas) > _LONGEST_CHAIN:
                msg = "a circle"
                raise ValueError(msg)
            place = base
        else:
            self._recent.move_to_end((pack.number, place))
        for at, delta in reversed(deltas):
            if _result_size(delta) > _LARGEST:
                msg = "very large"
                raise ValueError(msg)
            known = self._remember(pack, at, (known[0], b"".join(apply_delta(known[1], delta))))
        return known

    def _remember(self, pack: _Pack, place: int, found: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
        """Keep what was read last: a base comes shortly before what was made of it."""
        self._recent[pack.number, place] = found
        self._size += len(found[1])
        while self._size > _REMEMBERED:
            _, (_, gone) = self._recent.popitem(last=False)
            self._size -= len(gone)
        return found


class _Pack:
    """One pack and its index."""

    def __init__(self, number: int, index: PackIndex, file: IO[bytes]) -> None:
        self.number = number
        self.index = index
        self._file = file
        self._descriptor = file.fileno()

    def entry(self, place: int) -> tuple[int, bytes, int | None]:
        """Return the kind of an entry, its content unpacked, and where its base stands if it is a delta.

        Raises:
            ValueError: it is not whole, or very large. So do the others of `_BROKEN`.
        """
        block = self._read(_BLOCK, place)
        byte, at = block[0], 1
        kind, size, shift = byte >> 4 & 7, byte & 15, 4
        while byte & 128:
            byte = block[at]
            size |= (byte & 127) << shift
            at, shift = at + 1, shift + 7
        base = None
        if kind == _BY_OFFSET:
            byte = block[at]
            distance, at = byte & 127, at + 1
            while byte & 128:
                byte = block[at]
                distance, at = (distance + 1 << 7) | (byte & 127), at + 1
            base = place - distance
        elif kind == _BY_ID:
            width = self.index.object_format.oid_length
            base, at = self.index.object_offset(RawObjectID(block[at : at + width])), at + width
        most = size + (size >> 12) + 64  # more than any content of this size is packed into
        if size > _LARGEST:
            msg = "very large"
            raise ValueError(msg)
        if at + most > _BLOCK:
            block, at = self._read(most, place + at), 0
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(block[at:], size + 1)
        if len(content) != size or not unpacking.eof:
            msg = "another size"
            raise ValueError(msg)
        return kind, content, base

    def _read(self, size: int, place: int) -> bytes:
        if sys.platform == "win32":
            self._file.seek(place)
            return self._file.read(size)
        return os.pread(self._descriptor, size, place)


def _result_size(delta: bytes) -> int:
    """Return how large a delta says that its result is: the second of the two numbers at its beginning.

    Raises:
        ValueError: a number has no end.
    """
    _, at = _number(delta, 0)
    return _number(delta, at)[0]


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, lowest first, and return it with the place behind it."""
    number = shift = 0
    while data[at] & 128:
        number |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if shift > _WIDEST:
            msg = "a number without an end"
            raise ValueError(msg)
    return number | data[at] << shift, at + 1


def _opened(git: Git, files: ExitStack) -> Iterator[tuple[PackIndex, IO[bytes]]]:
    """Open packs, the largest first, until they take too many files or too much memory; git knows the others."""
    object_format = SHA256 if git.object_format == "sha256" else SHA1
    left = _INDEXES
    for path in sorted(_indexes(git.git_dir), key=lambda path: (-path.stat().st_size, path))[:_MOST]:
        data = read_regular(path, left + 1) or b""
        if len(data) > left:
            continue
        left -= len(data)
        source = files.enter_context(io.BytesIO(data))
        try:
            index = load_pack_index_file(path, source, object_format)
            file = files.enter_context(os.fdopen(os.open(path.with_suffix(".pack"), READ), "rb", buffering=0))
            if _belongs(file, index):
                yield index, file
            else:
                source.close()
        except _BROKEN:
            source.close()  # here, for an index complains that is forgotten before


def _belongs(file: IO[bytes], index: PackIndex) -> bool:
    """Tell whether an open file is the pack that an index was made for, by what git asks of both when it opens them."""
    facts = os.fstat(file.fileno())
    if not stat.S_ISREG(facts.st_mode):
        return False
    head = file.read(12)
    file.seek(facts.st_size - index.object_format.oid_length)
    name, version, count = struct.unpack(">4sLL", head)
    return name == b"PACK" and version in {2, 3} and count == len(index) and file.read() == index.get_pack_checksum()


def _indexes(git_dir: Path) -> Iterable[Path]:
    """Return the indexes of the repository's own packs and of those that it borrows; see git.py for how they come there."""
    return (path for folder in ("objects", "borrowed-*") for path in git_dir.glob(f"{folder}/pack/*.idx") if path.is_file())
