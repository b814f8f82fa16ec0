"""What an earlier run kept of the history of a repository: what of it still holds, and what is kept for the next."""

from __future__ import annotations

import hashlib
import os
import secrets
from itertools import chain
from typing import TYPE_CHECKING, Final

from auditor.model.memory import Kept
from auditor.sources.ids import Joined
from auditor.sources.listing import list_new, listed
from auditor.sources.packs import all_sound
from auditor.sources.traced import Traced, as_plain, from_plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from auditor.model.memory import Memory
    from auditor.sources.catalogue import Catalogue
    from auditor.sources.commits import RawCommit, RawTag
    from auditor.sources.git import Git
    from auditor.sources.layout import Layout
    from auditor.sources.provenance import Tracer

_FEW: Final = 0.02
"""The share of commits that is compared again."""


def traced_before(layout: Layout, memory: Memory, digits: int) -> Traced | None:
    """Return the pass that an earlier run kept."""
    noted = memory.noted(_place(layout))
    return from_plain(noted, digits) if noted else None


def list_since(before: Traced | None, layout: Layout, git: Git, memory: Memory) -> Catalogue | None:
    """List what is new since that pass, where all that was found in the others is known too; None where all is to be listed."""
    if before is None or not all_sound(layout, memory):
        return None
    found = list_new(before.listed, layout, git)
    if found is None or not memory.recalls(before.mark):
        return None
    if isinstance(found.known, Joined):  # refs lead to commits and tags, commits to their parents
        commits, tags = (raw.oid for raw in before.last.commits), (raw.oid for raw in before.last.tags)
        found.known.often = frozenset(chain(commits, tags)) - before.listed.aside
    return found


def told_before(before: Traced | None, stream: Catalogue, loose: Collection[bytes]) -> tuple[list[RawCommit], list[RawTag]]:
    """Return the commits and tags that need not be read again: of all objects, those that are here and in no file of their own."""
    if before is None:
        return [], []
    if not stream.on_before:
        return [raw for raw in before.last.commits if raw.oid in stream.known and raw.oid not in loose], []
    aside = before.listed.aside  # all others are in packs that are still there
    return (
        [raw for raw in before.last.commits if raw.oid not in aside],
        [tag for tag in before.last.tags if tag.oid not in aside],
    )


def keep_pass(before: Traced | None, tracer: Tracer, layout: Layout, memory: Memory) -> Kept | None:
    """Keep a pass, for the next one; a few new commits are compared again rather than all of it written again.

    Returns:
        Under which mark what was found in the objects is to be kept too; None where nothing was kept.
    """
    if tracer.passed is None or len(tracer.compared) <= len(tracer.passed.commits) * _FEW:
        return None
    catalogue, digits = tracer.catalogue, tracer.git.digits
    now = listed(catalogue, before.listed if before and catalogue.on_before else None, memory.kept(), layout, digits)
    place = _place(layout)
    mark = hashlib.blake2b(place, digest_size=16).digest() + secrets.token_bytes(16)
    memory.note(place, as_plain(Traced(mark, now, tracer.passed)))
    return Kept(mark, now.aside)


def _place(layout: Layout) -> bytes:
    return b"history " + os.fsencode(layout.common)
