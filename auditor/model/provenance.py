"""Where content stands in the history: what sources/ finds out and findings/ puts beside each match."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from auditor.model.levels import Exposure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from auditor.model.coverage import Skipped


class Place(NamedTuple):
    """One path at which an object stood, with the first commit (by author date) that brought it there.

    `gone` is the author date of the last commit that took it away from this path; None while it is in the tip or unknown.
    `path` is None for commit and tag objects and names, `commit` is None for content that no commit holds.
    """

    path: str | None
    commit: str | None
    authored: datetime | None
    exposure: Exposure
    gone: datetime | None = None


class KnownPath(NamedTuple):
    """A path of the history or of the working tree, and the first commit (by author date) that brought it.

    `commit` and `authored` are None for a path that no commit holds, and `oid` is then empty;
    otherwise `oid` is what stood there first.
    """

    path: str
    exposure: Exposure
    commit: str | None = None
    authored: datetime | None = None
    oid: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What the pass over the history found out.

    `places` answers for every wanted oid, for whatever was skipped while reading, and for the keys of content outside the
    object database (`file:<path>`, `config:<path>`, `path:<path>`, `ref:<name>`); best known exposure first.
    `paths` holds every path that any commit or the working tree holds. `skipped` are the gaps that only this pass can see.
    `steady` are oids that were wanted only if they stand elsewhere than before, and do not; who goes through `places` misses them.
    """

    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    paths: Mapping[str, KnownPath] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    steady: frozenset[str] = frozenset()

    def locate(self, skipped: Skipped) -> Skipped:
        """Return the same gap with its path, and whether the tip's tree holds it, where the history knows."""
        places = self.places.get(skipped.oid, ()) if skipped.oid else ()
        if not places:
            return skipped
        in_tip = skipped.in_tip or any(p.exposure is Exposure.HEAD for p in places)
        return replace(skipped, path=skipped.path or places[0].path or "", in_tip=in_tip)
