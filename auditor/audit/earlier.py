"""What earlier scans know of single objects: an object that was scanned is not scanned again, whatever repository it lies in.

Kept are matches as a worker hands them over (mask, keyed hash, span), by object id, and the mere id of an object that holds
nothing. An object of which anything was left out is scanned again each time, for what stopped it may have gone; unless it is of a
kind that lasts (see looked.py): then what was left out is kept with the matches.

An organisation hashes values under a key of its own. With another key the hashes are others, so what holds something is read
again, and only that: what holds nothing holds nothing under any key.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from auditor.audit.codec import beginning_of, is_a, made_of, plain
from auditor.audit.looked import as_plain, from_plain, stays
from auditor.audit.payload import Written
from auditor.audit.stamp import stamp_of
from auditor.audit.store import open_store, user_key
from auditor.config import cache_folder, key_file
from auditor.model.coverage import GapKind, Skipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from auditor.audit.answers import Answers
    from auditor.audit.found import Drafts, Found, QuietNames
    from auditor.audit.looked import Looked
    from auditor.audit.store import Store
    from auditor.config import Settings
    from auditor.detection.engine import ScanResult
    from auditor.model.finding import Match
    from auditor.model.memory import Kept
    from auditor.model.report import AuditReport

_MATCHES: Final = "matches"
_SOUND: Final = "sound"
_TEXT: Final = b"text:"
_LOOKED: Final = "looked"
_REPORT: Final = "report"
_NOTED: Final = "noted"
_FOUND: Final = "found"
_PLACE: Final = 16
"""So many bytes of a mark name what is marked, the others its state."""
_GAP: Final = beginning_of(Skipped)


class Earlier:
    """Stands between the sources and the store; implements `Memory`."""

    def __init__(self, store: Store | None, problem: str = "", link_key: bytes = b"") -> None:
        """Take an open store, or none: then nothing is known, and nothing kept.

        Args:
            store: of what earlier runs kept.
            problem: what the user should be told of it.
            link_key: the organisation's key, under which values are hashed where there is one.
        """
        self._store = store
        self._found_by = _FOUND + (hashlib.blake2b(link_key, digest_size=16).hexdigest() if link_key else "")
        self._matches = _MATCHES + (hashlib.blake2b(link_key, digest_size=16).hexdigest() if link_key else "")
        self._problem = problem
        self.merge_key = link_key or (store.merge_key if store is not None else secrets.token_bytes(32))
        """The key for hashes of values: the organisation's, else the user's where they are kept, else one of this run."""
        self._known: dict[bytes, Written] = {}
        self._recalled: set[bytes] = set()
        self._read: set[bytes] = set()
        self.found: Found | None = None
        """What was found in the objects of this repository before, where the source stands on it."""

    @property
    def problems(self) -> tuple[str, ...]:
        """What the user should be told of the cache."""
        said = self._problem or (self._store.problem if self._store is not None else "")
        return (said,) if said else ()

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._store is not None

    def settled(self, oids: Collection[bytes]) -> Collection[bytes]:
        """Return those of the objects that were scanned before."""
        if self._store is None:
            return ()
        clean = self._store.nothing_in(oids)
        self._known |= self._store.texts(self._matches, [oid for oid in oids if oid not in clean])
        return clean | self._known.keys()

    def recall(self, oids: Collection[bytes]) -> None:
        """Count the matches in these for this run."""
        self._recalled.update(oids)

    def recalls(self, mark: bytes) -> bool:
        """Tell whether all that was found in the objects that were kept under this mark is known; it counts for this run then."""
        from auditor.audit import found  # noqa: PLC0415  it loads what merges, which a kept report does without

        data = self._store.facts(self._found_by, [mark[:_PLACE]]) if self._store is not None else {}
        if not data or data[mark[:_PLACE]]["mark"] != mark.hex():
            return False
        self.found = found.from_plain(data[mark[:_PLACE]])
        return True

    def kept(self) -> set[bytes]:
        """Return the objects of which everything that was found is kept, by this run or before."""
        return self._recalled | self._read

    def keep_found(self, kept: Kept, drafts: Drafts, overrides: str, names: QuietNames) -> None:
        """Keep what was found in all objects, beside the pass that was kept and in the place of what was kept before."""
        from auditor.audit import found  # noqa: PLC0415  as above

        if self._store is None:
            return
        rows = dict(self.found.rows) if self.found is not None else {}
        gaps = set(self.found.gaps) if self.found is not None else set()
        for oid in self._known.keys() & self.kept() - kept.aside:
            rows[oid.decode()] = self._known[oid]
            if self._known[oid].find(_GAP) >= 0 and any(is_a(Skipped, item) for item in json.loads(self._known[oid])[1:]):
                gaps.add(oid.decode())
        facts = found.as_plain(found.Found(rows, frozenset(gaps), drafts, overrides, names))
        self._store.note(self._found_by, {kept.mark[:_PLACE]: facts | {"mark": kept.mark.hex()}})

    def trusts(self, mark: bytes) -> bool:
        """Tell whether this was sound before."""
        return self._store is not None and bool(self._store.facts(_SOUND, [mark]))

    def trust(self, mark: bytes) -> None:
        """Remember that it is sound."""
        if self._store is not None:
            self._store.note(_SOUND, {mark: True})

    def noted(self, name: bytes) -> Mapping[str, Any] | None:
        """Return what a source noted under this name."""
        return self._store.facts(_NOTED, [name]).get(name) if self._store is not None else None

    def note(self, name: bytes, facts: Mapping[str, Any]) -> None:
        """Keep it in the place of what was kept before."""
        if self._store is not None:
            self._store.note(_NOTED, {name: facts})

    def answers(self, facts: Mapping[str, bytes]) -> Answers:
        """Return what answers the checks, from earlier runs where the facts are the same."""
        from auditor.audit.answers import Answers  # noqa: PLC0415  it loads the checks, which a kept report does without

        return Answers(self._store, facts)

    def harmless(self, texts: Collection[str]) -> Collection[str]:
        """Return those of the texts in which nothing was found before."""
        if self._store is None:
            return ()
        names = {_TEXT + text.encode("utf-8", "surrogateescape"): text for text in texts}
        return {names[name] for name in self._store.nothing_in(names)}

    def note_harmless(self, texts: Iterable[str]) -> None:
        """Keep that nothing was found in these: a keyed hash of each."""
        if self._store is not None:
            self._store.note_nothing(_TEXT + text.encode("utf-8", "surrogateescape") for text in texts)

    def looked(self, state: bytes) -> Looked | None:
        """Return what looking at a repository in this state gave; None where nobody did, and where there is no state to ask for."""
        kept = self._store.facts(_LOOKED, [state]) if self._store is not None and state else {}
        return from_plain(kept[state]) if kept else None

    def keep(self, state: bytes, looked: Looked) -> None:
        """Keep what looking gave."""
        if self._store is not None and state:
            self._store.note(_LOOKED, {state: as_plain(looked)})

    def report(self, place: bytes, mark: bytes) -> AuditReport | None:
        """Return the report that was kept at this place, if it is of this very mark."""
        kept = self._store.facts(_REPORT, [place]) if self._store is not None and mark else {}
        if not kept or kept[place][0] != mark.hex():
            return None
        report: AuditReport = made_of(kept[place][1])
        return report

    def keep_report(self, place: bytes, mark: bytes, report: AuditReport) -> None:
        """Keep a report in the place of an earlier one."""
        if self._store is not None and mark:
            self._store.note(_REPORT, {place: [mark.hex(), plain(report)]})

    def recalled(self, result: ScanResult) -> tuple[list[Match], list[Skipped]]:
        """Return the matches and gaps of what was not scanned again, without those of objects that are damaged since."""
        damaged = {item.oid.encode() for item in result.skipped if item.kind is GapKind.HISTORY}
        rows = [made_of(json.loads(row)) for oid, row in self._known.items() if oid in self._recalled and oid not in damaged]
        again = [item for row in rows for item in row]
        skipped = [item for item in again if isinstance(item, Skipped)]
        return [item for item in again if not isinstance(item, Skipped)], skipped + (self.found.skipped() if self.found else [])

    def learn(self, matches: Iterable[Match], skipped: Collection[Skipped], read: Iterable[bytes]) -> None:
        """Keep what was found in the objects that were read whole. What one of them holds, and what was left out, comes at once."""
        if self._store is None:
            return
        partly = {item.oid for item in skipped if not stays(item)}
        by_oid: defaultdict[str, list[Match | Skipped]] = defaultdict(list)
        for match in matches:
            by_oid[match.oid].append(match)
        for item in skipped:
            by_oid[item.oid].append(item)
        whole = [oid for oid in read if oid not in self._recalled and oid.decode() not in partly]
        rows = {oid: _row(by_oid[oid.decode()]) for oid in whole if oid.decode() in by_oid}
        self._store.note(self._matches, rows)
        self._store.note_nothing(oid for oid in whole if oid.decode() not in by_oid)
        self._known |= rows
        self._read.update(whole)


def _row(found: Sequence[Match | Skipped]) -> Written:
    return Written(json.dumps(plain(found), separators=(",", ":")).encode())


@contextmanager
def remembering(settings: Settings, link_key: bytes) -> Iterator[Earlier]:
    """Open what earlier runs by the same rules, code and bounds left behind; nothing of it where the settings say so."""
    key = user_key(key_file()) if settings.cache else None
    store, problem = (None, "") if key is None else open_store(cache_folder(settings), stamp_of(settings), key)
    try:
        yield Earlier(store, problem, link_key)
    finally:
        if store is not None:
            store.close()
