"""The folder of clones: one mirror for each address, used by one worker at a time, the least recently used removed first."""

from __future__ import annotations

import hashlib
import re
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from auditor.errors import GitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_SHOWN: Final = 60
DEFAULT_BUDGET: Final = 50 * 1000**3


@dataclass(frozen=True, slots=True)
class Clones:
    """A folder for mirrors, and the bytes that they may take together. Several processes may use it at once."""

    folder: Path
    budget: int = DEFAULT_BUDGET

    @contextmanager
    def hold(self, address: str) -> Iterator[Path]:
        """Give the place of a mirror to this process alone; afterwards make room where the budget is exceeded.

        Raises:
            GitError: the folder cannot be written.
        """
        name = self._name(address)
        lock = FileLock(self.folder / f"{name}.lock", mode=0o600)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire()
        except OSError as error:
            msg = f"The clone folder {self.folder} cannot be written: {error.strerror}."
            raise GitError(msg, hint="Choose another folder with --clones.") from None
        try:
            yield self.folder / name
        finally:
            self._note_size(name)
            lock.release()
        self.make_room()

    def place(self, address: str) -> Path:
        """Return where the mirror of an address lies, or would."""
        return self.folder / self._name(address)

    def make_room(self) -> None:
        """Remove the least recently used mirrors until the rest is within the budget; those in use stay."""
        used = sorted((self.folder.glob("*.used")), key=_age)
        total = sum(_size(path) for path in used)
        for path in used:
            if total <= self.budget:
                return
            size = _size(path)
            if self._remove(path.name.removesuffix(".used")):
                total -= size

    def forget(self, address: str) -> None:
        """Remove the mirror of an address, unless it is in use."""
        if self.folder.is_dir():
            self._remove(self._name(address))

    def _remove(self, name: str) -> bool:
        with suppress(OSError, Timeout), FileLock(self.folder / f"{name}.lock", timeout=0, mode=0o600):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            (self.folder / f"{name}.used").unlink(missing_ok=True)
            return True
        return False

    def _note_size(self, name: str) -> None:
        mirror = self.folder / name
        with suppress(OSError):
            if mirror.is_dir():
                total = sum(path.stat().st_size for path in mirror.rglob("*") if path.is_file())
                (self.folder / f"{name}.used").write_text(str(total), encoding="ascii")

    def _name(self, address: str) -> str:
        shown = _UNSAFE.sub("-", address.partition("://")[2] or address).strip("-.")[-_SHOWN:]
        return f"{shown}-{hashlib.sha256(address.encode()).hexdigest()[:12]}.git"


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _size(path: Path) -> int:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
