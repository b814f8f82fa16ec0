"""Files of the tip, asked for one by one: one git stays and gives one after the other, and sizes are asked once for all."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from functools import cached_property
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from auditor.sources.git import Git
    from auditor.sources.repository import Repository

_FIELDS: Final = 3
"""Id, type and size of an object that is there."""


class Contents:
    """Gives sizes and content of blobs."""

    def __init__(self, repository: Repository, most: int) -> None:
        """Stand before a repository; larger blobs than `most` are not read."""
        self._repository = repository
        self._most = most
        self._reader = _Reader(repository.git)

    @cached_property
    def _sizes(self) -> Mapping[bytes, int]:
        """Sizes of all blobs where all were listed, else of those of the tip."""
        listed = self._repository.listed_sizes
        return listed if listed is not None else self._asked({oid for _, oid in self._repository.tip.entries.values()})

    def _asked(self, oids: Collection[bytes]) -> dict[bytes, int]:
        output = self._repository.git.run("cat-file", "--batch-check", stdin=b"".join(oid + b"\n" for oid in oids), check=False)
        lines = (line.split() for line in output.splitlines())
        return {words[0]: int(words[2]) for words in lines if len(words) == _FIELDS and words[1] == b"blob"}

    def sizes_of(self, oids: Collection[bytes]) -> dict[bytes, int]:
        """Return the sizes of those of these blobs of the tip that are here."""
        sizes = self._sizes
        return {oid: sizes[oid] for oid in oids if oid in sizes}

    def readable(self, oids: Collection[bytes]) -> frozenset[bytes]:
        """Return those of these blobs that are here and not too large."""
        return frozenset(oid for oid, size in self.sizes_of(oids).items() if size <= self._most)

    def read(self, oid: bytes) -> bytes | None:
        """Return the content of an object; None where it is damaged or not here."""
        return self._reader.read(oid)

    def close(self) -> None:
        """End what was started."""
        self._reader.close()


class _Reader:
    """One `git cat-file` that answers as long as it lives, and another one after that."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, oid: bytes) -> bytes | None:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = self._git.start(
                "cat-file", "--batch", stdin=subprocess.PIPE, stdout=subprocess.PIPE, errors=subprocess.DEVNULL
            )
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:  # pragma: no cover  asked for above
            return None
        data, alive = None, False
        with suppress(OSError):
            asked.write(oid + b"\n")
            asked.flush()
            data, alive = _answer(answers)
        if not alive:
            self.close()
        return data if alive else None

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()


def _answer(output: IO[bytes]) -> tuple[bytes | None, bool]:
    """Return the content, None where the object is not here, and whether git lives: it dies of a damaged object."""
    header = output.readline()
    fields = header.split()
    if len(fields) != _FIELDS:
        return None, fields[1:] == [b"missing"] and header.endswith(b"\n")
    size = int(fields[2])
    data = output.read(size)
    return data, len(data) == size and output.read(1) == b"\n"
