"""Linking anew: the hashes of the values that a repository holds, under another key, without judging it again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from auditor.audit.beside import Online
from auditor.audit.earlier import remembering
from auditor.audit.looking import Looking
from auditor.audit.requests import read_in, read_requests
from auditor.model.progress import NoProgress
from auditor.sources.target import open_target

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.config import Settings


def links(path: Path, settings: Settings, *, fixed: frozenset[str], link_key: bytes) -> dict[str, str]:
    """Return by fingerprint the hash under a key of what a target holds: what `audit` would put into its findings.

    What earlier scans kept is used, so that only the objects that hold something are read again. Texts beside the repository
    (issues and the like) are no part of it.

    Args:
        path: as for `audit`.
        settings: as for `audit`.
        fixed: as for `audit`.
        link_key: the organisation's key.

    Raises:
        AuditorError: as for `audit`.
    """
    asked = read_requests(partial(read_in, path), settings, fixed)
    with remembering(settings, link_key) as memory, open_target(path, asked.settings) as source:
        read = source.view().read
        looking = Looking(source, settings, memory, NoProgress(), memory.merge_key)
        _, gathered = looking.look(
            path,
            Online(),
            settings=lambda: (read_requests(read, settings, fixed) if source.bare else asked).settings,
            read=read,
            replaced=frozenset(),
        )
    return {fingerprint: key.hex() for fingerprint, key in gathered.keys.items()}
