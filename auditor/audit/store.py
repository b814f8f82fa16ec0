"""What earlier runs found out, kept in one SQLite file for each state of our rules and code.

Every name is a keyed hash and every value carries one, under a key of the user that lies apart from the cache: whoever can
write the cache but does not know the key can make us forget, never make us believe. Values are JSON and bytes, never pickles.
A file that is damaged or has grown too large is thrown away; nothing but time is lost.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import sqlite3
import stat
import sys
import tempfile
import time
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from auditor.audit.payload import packed, unpacked, written

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from auditor.audit.payload import Written

_TAG: Final = 16
_KEY: Final = 32
_CHUNK: Final = 8_000
_WAIT: Final = 5.0
_MOST_BYTES: Final = 1 << 30
_OLD: Final = 30 * 86_400
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS empty (tag BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (tag BLOB PRIMARY KEY, value BLOB NOT NULL);
"""


class Store:
    """One open file of results. Whatever goes wrong with it, it knows less; it never raises."""

    def __init__(self, connection: sqlite3.Connection, path: Path, key: bytes) -> None:
        """Take an open file; `open_store` makes one."""
        self._connection = connection
        self._new: bool | None = None
        self._path = path
        self._names, self._seals = (blake2b(key, digest_size=_KEY, person=use).digest() for use in (b"names", b"seals"))
        self.merge_key = blake2b(key, digest_size=_KEY, person=b"values").digest()
        """The key under which values are hashed, so that equal ones are merged whether they come from here or from a scan."""
        self.problem = ""
        """What the user should be told, in one sentence."""

    def nothing_in(self, names: Iterable[bytes]) -> set[bytes]:
        """Return those names that were noted to hold nothing."""
        if self._is_new():
            return set()
        tags = {self._tag("nothing", name): name for name in names}
        return {tags[tag] for (tag,) in self._select("SELECT tag FROM empty WHERE tag IN", list(tags))}

    def note_nothing(self, names: Iterable[bytes]) -> None:
        """Note that these hold nothing."""
        tags = sorted(self._tag("nothing", name) for name in names)
        self._write("INSERT OR IGNORE INTO empty VALUES (?)", [(tag,) for tag in tags])

    def facts(self, kind: str, names: Iterable[bytes]) -> dict[bytes, Any]:
        """Return what is known under these names."""
        return {name: unpacked(payload) for name, payload in self._payloads(kind, names)}

    def texts(self, kind: str, names: Iterable[bytes]) -> dict[bytes, Written]:
        """Return the same as JSON is written, for facts without bytes in them."""
        return {name: written(payload) for name, payload in self._payloads(kind, names)}

    def _payloads(self, kind: str, names: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Yield what we put there and nobody else."""
        if self._is_new():
            return
        tags = {self._tag(kind, name): name for name in names}
        for tag, value in self._select("SELECT tag, value FROM facts WHERE tag IN", list(tags)):
            if isinstance(value, bytes) and hmac.compare_digest(value[:_TAG], self._seal(tag, value[_TAG:])):
                yield tags[tag], value[_TAG:]

    def note(self, kind: str, facts: Mapping[bytes, Any]) -> None:
        """Keep facts by name: JSON values, in which there may be bytes."""
        rows = []
        for name, fact in facts.items():
            tag, payload = self._tag(kind, name), packed(fact)
            rows.append((tag, self._seal(tag, payload) + payload))
        self._write("INSERT OR REPLACE INTO facts VALUES (?, ?)", sorted(rows))

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def _is_new(self) -> bool:
        """Tell whether nothing was kept yet: then names need not be hashed to ask for them."""
        if self._new is None:
            try:
                ((kept,),) = self._connection.execute("SELECT EXISTS (SELECT 1 FROM empty) OR EXISTS (SELECT 1 FROM facts)")
                self._new = not kept
            except sqlite3.Error as error:
                self._gave_up(error)
                self._new = True
        return self._new

    def _tag(self, kind: str, name: bytes) -> bytes:
        return blake2b(kind.encode() + b"\0" + name, key=self._names, digest_size=_TAG).digest()

    def _seal(self, tag: bytes, payload: bytes) -> bytes:
        return blake2b(tag + payload, key=self._seals, digest_size=_TAG).digest()

    def _select(self, query: str, tags: Collection[bytes]) -> list[tuple[Any, ...]]:
        ordered = sorted(tags)
        rows: list[tuple[Any, ...]] = []
        try:
            for start in range(0, len(ordered), _CHUNK):
                part = ordered[start : start + _CHUNK]
                rows += self._connection.execute(f"{query} ({','.join('?' * len(part))})", part)
        except sqlite3.Error as error:
            self._gave_up(error)
            return []
        return rows

    def _write(self, statement: str, rows: list[tuple[bytes, ...]]) -> None:
        if not rows:
            return
        self._new = False
        try:
            with self._connection:
                self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            self._gave_up(error)

    def _gave_up(self, error: sqlite3.Error) -> None:
        """Throw a damaged file away; one that is busy, or on a full disk, stays."""
        if not isinstance(error, sqlite3.OperationalError) and not self.problem:
            self.problem = _throw_away(self._path)


def open_store(folder: Path, stamp: bytes, key: bytes) -> tuple[Store | None, str]:
    """Open the results of this stamp, and say in a sentence what went wrong, if anything did.

    Args:
        folder: the cache.
        stamp: changes whenever results would be made differently.
        key: of the user.
    """
    path = folder / f"results-{blake2b(stamp, key=key, digest_size=_TAG).hexdigest()}.sqlite"
    problem = ""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _tidy(folder, path)
        for _ in range(2):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
            try:
                return Store(_connect(path), path, key), problem
            except sqlite3.OperationalError:
                return None, ""  # busy, or on a disk that cannot lock: this run does without
            except sqlite3.Error:
                problem = _throw_away(path)
    except OSError:
        return None, problem  # a folder that cannot be written only costs time
    return None, problem


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        # A power cut may damage the file: that is noticed, or a value does not fit its hash, and it is as if nothing were known.
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_TABLES)
    except BaseException:
        connection.close()
        raise
    return connection


def _tidy(folder: Path, ours: Path) -> None:
    """Remove results of rules and code that nobody used for a month, and any file that has grown too large."""
    for path in folder.glob("results-*.sqlite"):
        with contextlib.suppress(OSError):
            facts = path.lstat()
            unused = path != ours and time.time() - facts.st_mtime > _OLD
            if unused or facts.st_size > _MOST_BYTES or not stat.S_ISREG(facts.st_mode):
                _throw_away(path)
    with contextlib.suppress(OSError):
        os.utime(ours)


def _throw_away(path: Path) -> str:
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink()
    return "The cache of earlier results was damaged; it was thrown away, and everything was looked at again."


def user_key(path: Path) -> bytes | None:
    """Return the user's random key, made at the first use; None where it cannot be kept."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for _ in range(2):
            found = _read_key(path)
            if found is not None:
                return found
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # 0600
            with os.fdopen(handle, "wb") as file:
                file.write(os.urandom(_KEY))
            try:
                os.link(name, path)  # of several runs that begin at once, one wins
            except FileExistsError:
                pass
            finally:
                Path(name).unlink()
    except OSError:
        return None
    return _read_key(path)


def _is_private(facts: os.stat_result) -> bool:
    """Tell whether a file is ours alone, where the system says so by owner and mode."""
    if sys.platform == "win32":
        return True
    return facts.st_uid == os.geteuid() and not facts.st_mode & 0o077


def _read_key(path: Path) -> bytes | None:
    """Return the key; one that others can read, or that is cut short, is given up."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    with open(descriptor, "rb") as file:  # noqa: PTH123  it is open already
        facts = os.fstat(descriptor)
        key = file.read(_KEY + 1)
    if _is_private(facts) and len(key) == _KEY:
        return key
    path.unlink()
    return None
