"""Join what other tools found with our own findings: at the same place it is one finding, elsewhere a new one.

A place is a path, a line and, where both tools name one, a commit. Nothing is lost by joining: a finding that another tool reports
too keeps the surer confidence and the higher severity of the two, and says who else saw it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from auditor.findings.fingerprint import place_fingerprint
from auditor.findings.paths import is_test_or_example
from auditor.model.finding import Finding
from auditor.model.levels import Confidence, Exposure, Grade, Severity
from auditor.model.rule import Category, Remediation

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from auditor.findings.imported.record import Imported
    from auditor.model.finding import Location

_SEEN_TOO: Final = "also reported by {}"
_WORKS: Final = "{} asked the provider, and it works"
_DESCRIPTION: Final = "{} reports it; the rules of auditor did not find it at this place."
_REMEDY: Final = Remediation(
    "Look at it: replace it at its provider if it is real, or record why it is none.",
    (
        "Open the place that is named.",
        "If the value is real, make a new one at its provider, put it outside the repository, and revoke the old one.",
        "Record that with auditor rotated, or with auditor accept where it is no secret.",
    ),
)
_ADVICE: Final = Remediation("Read what the tool says of its rule, and fix what holds.")
_HERE: Final = frozenset({Exposure.HEAD, Exposure.UNCOMMITTED})


@dataclass(frozen=True, slots=True)
class Joined:
    """All findings, how many imported places belong to ours, and how many files are not in this repository."""

    findings: tuple[Finding, ...]
    merged: int = 0
    elsewhere: int = 0


def join(findings: Sequence[Finding], imported: Iterable[Imported], locate: Callable[[Imported], Location | None]) -> Joined:
    """Join imported findings to ours; `locate` says where one stands, None where the repository has no such file."""
    ours = list(findings)
    places = _places(ours)
    groups: defaultdict[Hashable, list[tuple[Imported, Location]]] = defaultdict(list)
    elsewhere = 0
    for one in dict.fromkeys(imported):
        location = locate(one)
        if location is None:
            elsewhere += 1
        else:
            groups[_identity(one)].append((one, location))
    merged, new = 0, []
    for group in groups.values():
        matches = [_match(one, location, places, ours) for one, location in group]
        known = [match for match in matches if match is not None]
        if not known:
            new.append(group)
            continue
        merged += len(group)
        for (one, location), match in zip(group, matches, strict=True):
            # The value of a place that we name is ours wherever the tool saw it.
            index = known[0] if match is None else match
            ours[index] = _with(ours[index], one, location, elsewhere=match is None)
    return Joined((*ours, *_new(new)), merged, elsewhere)


def _places(findings: Sequence[Finding]) -> dict[tuple[str, int], list[tuple[int, Location]]]:
    known: defaultdict[tuple[str, int], list[tuple[int, Location]]] = defaultdict(list)
    for index, finding in enumerate(findings):
        for location in finding.locations:
            if location.path is not None and location.line is not None:
                known[location.path, location.line].append((index, location))
    return known


def _match(
    one: Imported, location: Location, places: dict[tuple[str, int], list[tuple[int, Location]]], ours: Sequence[Finding]
) -> int | None:
    """Return the finding of ours at the same place, the nearest on its line; None where there is none."""
    if one.line is None or location.path is None:
        return None
    lines = range(one.line, min(one.end_line or one.line, one.line + 500) + 1)
    found = [
        (abs((there.column or 0) - (one.column or 0)) if one.column and there.column else 0, -ours[index].severity.rank, index)
        for line in lines
        for index, there in places.get((location.path, line), ())
        if _same_time(one, there)
    ]
    return min(found)[-1] if found else None


def _same_time(one: Imported, there: Location) -> bool:
    """Tell whether both speak of the same version: the same commit, or the files as they are now."""
    if one.commit is None:
        return there.exposure in _HERE
    return there.commit in {None, one.commit}


def _identity(one: Imported) -> Hashable:
    """Name what is one finding: the same value as a tool reports it in many places, else each place of its own."""
    if one.secret is not None:
        return one.secret
    return (one.tool, one.same) if one.same else (one.tool, one.rule, one.path, one.line, one.column, one.commit)


def _with(finding: Finding, one: Imported, location: Location, *, elsewhere: bool) -> Finding:
    """Add a tool to a finding of ours, and the place where it saw the same value, if that is none of ours."""
    notes = [_SEEN_TOO.format(_by(one))] + ([_WORKS.format(one.tool)] if one.verified else [])
    tools = dict.fromkeys((*finding.origin_tool.split(", "), one.tool))
    return replace(
        finding,
        origin_tool=", ".join(tools),
        confidence=max(finding.confidence, _confidence(one), key=lambda level: level.rank),
        locations=(*finding.locations, location) if elsewhere and location not in finding.locations else finding.locations,
        exposure=_exposures((*finding.exposure, location.exposure)) if elsewhere else finding.exposure,
        severity=max(finding.severity, one.severity, key=lambda level: level.rank) if one.verified else finding.severity,
        notes=tuple(dict.fromkeys((*finding.notes, *notes))),
    )


def _exposures(found: Iterable[Exposure | None]) -> tuple[Exposure, ...]:
    return tuple(sorted({exposure for exposure in found if exposure}, key=lambda level: -level.rank))


def _confidence(one: Imported) -> Confidence:
    return Confidence.HIGH if one.verified else one.confidence


def _by(one: Imported) -> str:
    return f"{one.tool} ({one.rule})"


def _new(groups: Iterable[list[tuple[Imported, Location]]]) -> list[Finding]:
    """Make findings of what only other tools saw, and name them by place."""
    drafts = [_draft(group) for group in groups]
    drafts.sort(key=lambda finding: (finding.rule_id, *_where(finding.locations[0])))
    ordinals: defaultdict[tuple[str, str], int] = defaultdict(int)
    named = []
    for draft in drafts:
        key = draft.rule_id, draft.locations[0].path or ""
        named.append(replace(draft, fingerprint=place_fingerprint(*key, ordinals[key])))
        ordinals[key] += 1
    return named


def _where(location: Location) -> tuple[str, int, int, str]:
    return location.path or "", location.line or 0, location.column or 0, location.commit or ""


def _draft(group: list[tuple[Imported, Location]]) -> Finding:
    """Make the finding of one value; the surest of its reports names it."""
    best = max(
        (one for one, _ in group), key=lambda one: (one.verified, one.confidence.rank, one.severity.rank, one.tool, one.rule)
    )
    locations = tuple(sorted({place for _, place in group}, key=lambda place: (-_rank(place), *_where(place))))
    tools = dict.fromkeys(sorted(one.tool for one, _ in group))
    in_tests = all(is_test_or_example(place.path or "") for place in locations)
    severity = max((one.severity for one, _ in group), key=lambda level: level.rank)
    if in_tests and severity.rank > Severity.LOW.rank:
        severity = list(Severity)[severity.rank - 1]
    dates = [place.authored for place in locations if place.authored]
    notes = [f"reported by {_by(one)}" for one, _ in group] + [_WORKS.format(one.tool) for one, _ in group if one.verified]
    return Finding(
        fingerprint="",
        rule_id=f"{best.tool}:{best.rule}",
        title=f"{'Key or credential' if best.is_secret else 'Advice'} reported by {best.tool}: {best.rule}",
        category=_category(best),
        severity=severity,
        confidence=max((_confidence(one) for one, _ in group), key=lambda level: level.rank),
        grade=Grade.BLOCKER if best.is_secret else Grade.SHOULD,
        exposure=_exposures(place.exposure for place in locations),
        locations=locations,
        masked="****",
        remediation=_REMEDY if best.is_secret else _ADVICE,
        description=_DESCRIPTION.format(", ".join(tools)),
        notes=tuple(dict.fromkeys(notes)),
        in_test_code=in_tests,
        origin_tool=", ".join(tools),
        first_seen=min(dates, default=None),
    )


def _rank(place: Location) -> int:
    return place.exposure.rank if place.exposure else -1


def _category(one: Imported) -> Category:
    if not one.is_secret:
        return Category.CONFIGURATION
    if "private-key" in one.rule or "privatekey" in one.rule:
        return Category.PRIVATE_KEY
    return Category.CREDENTIAL if one.rule.startswith(("generic", "secret-keyword", "basic-auth")) else Category.SECRET
