"""What turns a finding into "suppressed, counted": accepted entries of openness.yml and the baselines of other tools.

Inline marks arrive with the matches (merge.py). A baseline is read as data only: detect-secrets would execute the Python
files that its `plugins_used` and `filters_used` name, so it never sees one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from auditor.model.finding import Suppression
from auditor.model.levels import Exposure

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from auditor.model.finding import Finding, Location
    from auditor.model.openness_file import AcceptedFinding, OpennessFile, RotatedSecret

SECRETS_BASELINE: Final = ".secrets.baseline"
GITLEAKS_IGNORE: Final = ".gitleaksignore"
_BY_VALUE: Final = "val-"
_IGNORE_LINE: Final = re.compile(r"^(?:(?P<commit>[0-9a-f]{40}):)?(?P<path>[^#:][^:]*):(?P<rule>[^:]+):(?P<line>\d+)\s*$")


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """One place that another tool's baseline calls a false alarm."""

    source: str
    path: str
    line: int
    commit: str = ""


def read_baselines(read: Callable[[str], bytes | None]) -> tuple[BaselineEntry, ...]:
    """Read the baselines at the root of the tip; what is not in their format is not a baseline and gives nothing."""
    return (*_secrets_baseline(read(SECRETS_BASELINE)), *_gitleaks_ignore(read(GITLEAKS_IGNORE)))


def _secrets_baseline(data: bytes | None) -> Iterable[BaselineEntry]:
    """Entries that a person labelled `is_secret: false`; what nobody labelled is not a judgement."""
    try:
        document: Any = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return
    results = document.get("results") if isinstance(document, dict) else None
    for path, entries in results.items() if isinstance(results, dict) else ():
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and entry.get("is_secret") is False and isinstance(entry.get("line_number"), int):
                yield BaselineEntry(SECRETS_BASELINE, str(path), entry["line_number"])


def _gitleaks_ignore(data: bytes | None) -> Iterable[BaselineEntry]:
    for line in (data or b"").decode("utf-8", "replace").splitlines():
        if found := _IGNORE_LINE.match(line.strip()):
            yield BaselineEntry(GITLEAKS_IGNORE, found["path"], int(found["line"]), found["commit"] or "")


def apply_baselines(findings: Iterable[Finding], entries: Collection[BaselineEntry]) -> tuple[Finding, ...]:
    """Mark as suppressed each finding all of whose places of the tip (all its places, where the tip has none) are listed."""
    listed = {(entry.path, entry.line): entry for entry in entries}

    def mark(finding: Finding) -> Finding:
        places = _relevant(finding)
        hits = [listed.get((place.path or "", place.line or 0)) for place in places]
        first = hits[0]
        if finding.suppression is not None or first is None or not all(hits):
            return finding
        return replace(finding, suppression=Suppression(first.source, "listed there as a false alarm"))

    return tuple(mark(finding) for finding in findings)


def _relevant(finding: Finding) -> tuple[Location, ...]:
    tip = tuple(place for place in finding.locations if place.exposure in {Exposure.HEAD, Exposure.UNCOMMITTED})
    return tip or finding.locations


def apply_openness(
    findings: Iterable[Finding], book: OpennessFile, *, today: date, ancestors: Callable[[str], Collection[str] | None]
) -> tuple[Finding, ...]:
    """Apply what people recorded: accepted findings become suppressed, rotated secrets carry their date.

    An entry for a fingerprint that is no digest of its value holds only for places that the commit recorded with it can
    reach; a later place with the same fingerprint reopens the finding. A secret that is known by its value stays replaced,
    unless it was committed to another place after the day of its replacement. `ancestors` gives the commits that a commit
    reaches, itself included, or None where the commit is unknown. An entry that does not hold leaves a note that says why.
    """
    accepted = {entry.fingerprint: entry for entry in book.accepted}
    rotated = {entry.fingerprint: entry for entry in book.rotated}

    def judge(finding: Finding) -> Finding:
        acceptance, rotation = accepted.get(finding.fingerprint), rotated.get(finding.fingerprint)
        if acceptance:
            fault = _fault_of_acceptance(acceptance, finding, today, ancestors)
            reason = f"{acceptance.reason}: {acceptance.note}" if acceptance.note else acceptance.reason
            kept = finding.suppression if fault else Suppression(book.path or "openness.yml", reason, acceptance.expires)
            finding = replace(finding, suppression=kept, notes=_noted(finding, fault))
        if rotation:
            fault = _fault_of_rotation(rotation, finding, today, ancestors)
            day = finding.rotated if fault else rotation.rotated_on
            finding = replace(finding, rotated=day, notes=_noted(finding, fault))
        return finding

    return tuple(judge(finding) for finding in findings)


def _noted(finding: Finding, fault: str) -> tuple[str, ...]:
    return (*finding.notes, fault) if fault else finding.notes


def _fault_of_acceptance(
    entry: AcceptedFinding, finding: Finding, today: date, ancestors: Callable[[str], Collection[str] | None]
) -> str:
    """Say why an acceptance does not hold; empty where it does."""
    if entry.expires < today:
        return f"was accepted until {entry.expires.isoformat()}, which is over"
    if not finding.fingerprint.startswith(_BY_VALUE) and _unseen(entry, finding, ancestors):
        return "was accepted, but stands where whoever accepted it had not seen it"
    return ""


def _fault_of_rotation(
    entry: RotatedSecret, finding: Finding, today: date, ancestors: Callable[[str], Collection[str] | None]
) -> str:
    """Say why a replacement does not hold; empty where it does."""
    if entry.rotated_on > today:
        return f"is to be replaced on {entry.rotated_on.isoformat()}, which is still to come"
    new = _unseen(entry, finding, ancestors)
    if not finding.fingerprint.startswith(_BY_VALUE):
        return "was recorded as replaced, but stands where whoever recorded it had not seen it" if new else ""
    before = {place.path for place in finding.locations if place.authored and place.authored.date() <= entry.rotated_on}
    back = [
        place.authored.date()
        for place in new
        if place.authored and place.authored.date() > entry.rotated_on and (place.path is None or place.path not in before)
    ]
    if not back:
        return ""
    return f"was recorded as replaced on {entry.rotated_on.isoformat()}, but was committed again on {min(back).isoformat()}"


def _unseen(
    entry: AcceptedFinding | RotatedSecret, finding: Finding, ancestors: Callable[[str], Collection[str] | None]
) -> tuple[Location, ...]:
    """Return the places that the commit of an entry does not reach: all of them, where it names none that is known."""
    reached = (ancestors(entry.commit) if entry.commit else None) or ()
    return tuple(place for place in finding.locations if place.commit is None or place.commit not in reached)
