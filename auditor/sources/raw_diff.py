"""`git diff-tree` over commits, parsed as it comes: which commit brought what to which path, and took it away.

Merges are compared with all their parents at once (`-c`), so that what only a merge brought is seen and nothing twice.
A commit whose trees are not all here ends git; it is counted, and git goes on after it.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from auditor.sources.catalogue import write_ids
from auditor.sources.git import temporary

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from auditor.sources.git import Git

_ARGUMENTS: Final = ("diff-tree", "--stdin", "--always", "-c", "-r", "-t", "--root", "--raw", "--no-abbrev", "--no-renames", "-z")
_CHUNK: Final = 1 << 20
_DEATHS: Final = 100
_SILENCE: Final = 60.0
_LONG: Final = 2.0
_TREE: Final = b"040000"
_GONE: Final = b"000000"
_LINK: Final = b"160000"
MAX_PATHS: Final = 2_000_000
"""Distinct paths above which a history is taken for a trap: a few hundred bytes of nested trees can name billions."""


@dataclass(slots=True)
class Changes:
    """What the pass found; commits are numbered by the order in which they were given.

    `paths` maps each path to the first commit that brought it, what it brought, and the best rank of all that did.
    `brought` maps wanted ids to (commit, path); `removed` maps (id, path) to the last commit that took it away.
    """

    paths: dict[bytes, tuple[int, bytes, int]] = field(default_factory=dict)
    brought: dict[bytes, list[tuple[int, bytes]]] = field(default_factory=dict)
    removed: dict[tuple[bytes, bytes], int] = field(default_factory=dict)
    missing: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    unreadable: list[bytes] = field(default_factory=list)
    too_many: bool = False


@dataclass(slots=True)
class Pass:
    """One pass over commits.

    `ranks` says for each commit how exposed it is; `wanted` are the ids to trace; `known` all ids that are here;
    `unreached` are trees, from which those that commits lead to are taken out.
    """

    git: Git
    commits: Sequence[bytes]
    ranks: Sequence[int]
    wanted: Collection[bytes]
    known: Collection[bytes]
    unreached: set[bytes]
    found: Changes = field(default_factory=Changes)

    def run(self, processes: int) -> Changes:
        """Split the commits over so many processes, and parse what each prints as it comes."""
        count = len(self.commits)
        bounds = [count * part // processes for part in range(processes + 1)]
        segments = [_Segment(self.git, self.commits[a:b], a) for a, b in pairwise(bounds) if b > a]
        with selectors.DefaultSelector() as selector:
            for segment in segments:
                selector.register(segment.descriptor, selectors.EVENT_READ, segment)
            try:
                while selector.get_map() and not self.found.too_many:
                    ready = selector.select(_SILENCE)
                    for key in selector.get_map().values() if not ready else ():
                        key.data.give_up()  # it will end now, and that is counted below
                    for key, _ in ready:
                        segment = key.data
                        chunk = os.read(segment.descriptor, _CHUNK)
                        if chunk:
                            segment.hear()
                            self._parse(segment, chunk)
                            continue
                        selector.unregister(segment.descriptor)
                        if self._resume(segment):
                            selector.register(segment.descriptor, selectors.EVENT_READ, segment)
            finally:
                for segment in segments:
                    segment.close()
        for found in self.found.brought.values():
            found.sort()
        return self.found

    def _resume(self, segment: _Segment) -> bool:
        """After a process ended: count the commit that it died of, and start again behind it. False when it is done."""
        left = segment.left
        if not left:
            return False
        if segment.deaths >= _DEATHS:
            self.found.unreadable.extend(left)
            return False
        self.found.unreadable.append(left[0])
        segment.restart()
        return bool(segment.left)

    def _parse(self, segment: _Segment, chunk: bytes) -> None:  # noqa: C901, PLR0912  one loop for speed: it runs for each change of the history
        """Take in what a process printed. Segments interleave, so that "first" means the lowest number."""
        found, wanted, known = self.found, self.wanted, self.known
        paths, missing = found.paths, found.missing
        get = paths.get
        digits = self.git.digits
        # A change reads: colon, old mode, new mode, old id, new id, status; all but the ids of fixed width.
        old_at, new_at = 15, 16 + digits
        old_end, new_end, nothing = old_at + digits, new_at + digits, b"0" * digits
        current = segment.current
        rank = self.ranks[current] if current >= segment.first else 0
        tokens = (segment.carry + chunk).split(b"\0")
        carry = tokens.pop()
        position, end = 0, len(tokens)
        while position < end:
            token = tokens[position]
            if token[:1] != b":":
                current += 1
                rank = self.ranks[current]
                position += 1
                continue
            if position + 1 == end:  # its path comes with the next chunk
                carry = token + b"\0" + carry
                break
            path = tokens[position + 1]
            position += 2
            if token[1:2] == b":":
                fields = token.lstrip(b":").split(b" ")
                parents = (len(fields) - 3) // 2
                mode, new, olds = fields[parents], fields[2 * parents + 1], fields[parents + 1 : 2 * parents + 1]
            else:
                mode, new, olds = token[8:14], token[new_at:new_end], [token[old_at:old_end]]
            if mode == _TREE:
                self.unreached.discard(new)
                continue
            for old in olds:
                if old in wanted:
                    found.removed[old, path] = max(current, found.removed.get((old, path), -1))
            if mode == _GONE:
                continue
            before = get(path)
            if before is None:
                paths[path] = (current, new, rank)
            elif current < before[0]:
                paths[path] = (current, new, max(rank, before[2]))
            elif rank > before[2]:
                paths[path] = (before[0], before[1], rank)
            if new in wanted:
                found.brought.setdefault(new, []).append((current, path))
            elif new not in known and mode != _LINK and new != nothing and new not in missing:
                missing[new] = (current, path)
        segment.current, segment.carry = current, carry
        found.too_many = found.too_many or len(paths) > MAX_PATHS


class _Segment:
    """A run of commits and the process that compares them. `current` is the number of the last commit that was printed."""

    def __init__(self, git: Git, commits: Sequence[bytes], first: int) -> None:
        self._git = git
        self._commits = commits
        self.first = first
        self.current = first - 1
        self.carry = b""
        self.deaths = 0
        self._start(commits)

    @property
    def left(self) -> Sequence[bytes]:
        """The commits that were not printed yet."""
        return self._commits[self.current + 1 - self.first :]

    def hear(self) -> None:
        """Remember that the process lives."""
        self._heard = time.monotonic()

    @property
    def descriptor(self) -> int:
        """Where the output comes from."""
        return self._output.fileno()

    def _start(self, commits: Sequence[bytes]) -> None:
        self._heard = time.monotonic()
        self._ids = temporary()
        write_ids(commits, self._ids)
        self._ids.seek(0)
        self._process = self._git.start(*_ARGUMENTS, stdin=self._ids, stdout=subprocess.PIPE, errors=subprocess.DEVNULL)
        if self._process.stdout is None:  # pragma: no cover  asked for above
            raise AssertionError
        self._output = self._process.stdout

    def give_up(self) -> None:
        """End a process that has not said anything for too long."""
        self._process.kill()

    def restart(self) -> None:
        """Leave the next commit out and go on after it."""
        self.close()
        # A commit that git worked on for long may be one of many such: fewer of them are tried.
        self.deaths += 1 if time.monotonic() - self._heard < _LONG else _DEATHS // 5
        self.current += 1
        self.carry = b""
        self._start(self.left)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._output.close()
        self._process.wait()
        self._ids.close()
