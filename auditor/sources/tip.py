"""The tip: the tree at HEAD, which is what people read first and what a fresh history would publish."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from auditor.sources.git import Git

_ARGUMENTS: Final = ("ls-tree", "-r", "-z", "--full-tree")
_CHUNK: Final = 1 << 20
MAX_ENTRIES: Final = 2_000_000
"""Files above which a tree is taken for a trap."""


@dataclass(frozen=True, slots=True)
class Tip:
    """Mode and id by path; `complete` is False when part of the tree is not here."""

    commit: bytes | None = None
    entries: dict[bytes, tuple[bytes, bytes]] = field(default_factory=dict)
    complete: bool = True


def read_tip(git: Git, commit: bytes | None) -> Tip:
    """List the tree at a commit."""
    if commit is None:
        return Tip()
    entries: dict[bytes, tuple[bytes, bytes]] = {}
    process = git.start(*_ARGUMENTS, commit.decode(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, errors=subprocess.DEVNULL)
    output = process.stdout
    carry = b""
    try:
        while output is not None and len(entries) < MAX_ENTRIES and (chunk := output.read1(_CHUNK)):  # type: ignore[attr-defined]
            lines = (carry + chunk).split(b"\0")
            carry = lines.pop()
            for line in lines:
                facts, _, path = line.partition(b"\t")
                mode, _, oid = facts.split(b" ", 2)
                entries[path] = (mode, oid)
        complete = len(entries) < MAX_ENTRIES and process.wait() == 0
    finally:
        process.kill()
        if output is not None:
            output.close()
        process.wait()
    return Tip(commit, entries, complete)
