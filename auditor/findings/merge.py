"""One secret is one finding: matches with the same value are gathered with all their places, and the surest rule names them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from auditor.findings.fingerprint import place_fingerprint, value_fingerprint
from auditor.findings.paths import is_generated, is_test_or_example, matches
from auditor.model.blob import Origin
from auditor.model.finding import AS_EXAMPLE, Finding, Location, Match, Suppression
from auditor.model.levels import Confidence, Exposure, Severity
from auditor.model.provenance import Place
from auditor.model.rule import Category

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from auditor.config import SeverityOverride
    from auditor.model.rule import Rule

_LATEST: Final = datetime.max.replace(tzinfo=UTC)
_WORDS: Final = {
    Origin.COMMIT: "commit message or author",
    Origin.TAG: "tag message",
    Origin.FILE_NAME: "file name",
    Origin.REF_NAME: "ref name",
    Origin.CONFIG: "repository configuration",
    Origin.FORGE: "text on the forge",
}
_GENERIC: Final = "generic"
_BY_RULE: Final = frozenset({Category.MARKING, Category.CONFIGURATION, Category.CLOSED_CODE, Category.RISKY_FILE})
_ISSUED: Final = frozenset({Category.SECRET, Category.PRIVATE_KEY})
_UNTRACED: Final = {Origin.FILE: Exposure.UNCOMMITTED, Origin.CONFIG: Exposure.UNCOMMITTED, Origin.FORGE: Exposure.FORGE}
_BESIDE: Final = {Origin.FORGE: 1, Origin.FILE_NAME: 2, Origin.REF_NAME: 2}
_PATHLESS: Final = frozenset({Origin.COMMIT, Origin.TAG, Origin.REF_NAME})


@dataclass(frozen=True, slots=True)
class MergeContext:
    """What merging needs beside the matches.

    `places` gives the places of an object id; `name_of` takes the secret out of a path before anybody sees it.
    """

    rules: Mapping[str, Rule]
    places: Mapping[str, tuple[Place, ...]]
    overrides: tuple[SeverityOverride, ...] = ()
    name_of: Callable[[str], str] = str


@dataclass(slots=True)
class _Sighting:
    """One match at one place."""

    match: Match
    place: Place
    confidence: Confidence

    @property
    def authored(self) -> datetime:
        return self.place.authored or _LATEST

    @property
    def in_tip(self) -> bool:
        return self.place.exposure in {Exposure.HEAD, Exposure.UNCOMMITTED}


@dataclass(slots=True)
class _Group:
    """Everything that was seen of one value, and the matches that it was seen by, wherever these count."""

    sightings: list[_Sighting] = field(default_factory=list)
    oids: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was made of all matches of one value: a finding without its fingerprint; None where none of them counts anywhere.

    It holds while the same matches stand in the same `oids` at the same places. `group` is what the matches have in common, the
    key of the value and the rule where that matters; `digest` is that of the value where one may be used; by `first`, where the
    first match stands, drafts are in order.
    """

    group: tuple[str, bytes]
    oids: tuple[str, ...]
    first: tuple[Any, ...]
    digest: str | None
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Merged:
    """Findings, worst first, and by fingerprint the key of this run under which the value was gathered."""

    findings: tuple[Finding, ...]
    keys: Mapping[str, bytes]
    drafts: tuple[Draft, ...] = field(default=(), compare=False)


def merge(found: Iterable[Match], context: MergeContext, *, beside: Iterable[Match] = (), kept: Iterable[Draft] = ()) -> Merged:
    """Gather matches to findings, worst first.

    A match whose rule is limited to certain paths counts only at those places; a match without any place left is dropped.

    Args:
        found: the matches in content, in the order of their places.
        context: what merging needs beside.
        beside: the matches elsewhere, which count after those.
        kept: drafts that still hold; no match of their groups is among the others.
    """
    groups: defaultdict[tuple[str, bytes], _Group] = defaultdict(_Group)
    for match in chain(found, beside):
        rule = context.rules.get(match.rule_id)
        if rule is None:
            continue
        group = groups[group_of(match, rule)]
        group.oids[match.oid] = None
        for place in _places_of(match, context):
            confidence = _confidence_at(rule, match, place)
            if confidence is not None:
                group.sightings.append(_Sighting(match, place, confidence))
    drafts = [*(_draft(name, group, context) for name, group in groups.items()), *kept]
    drafts.sort(key=lambda draft: draft.first)
    named = _name_all(drafts)
    findings = sorted((finding for finding, _ in named), key=_worst_first)
    return Merged(tuple(findings), {finding.fingerprint: key for finding, key in named}, tuple(drafts))


def group_of(match: Match, rule: Rule) -> tuple[str, bytes]:
    """Return what the matches of one finding have in common."""
    return (apart(rule), match.key)


def apart(rule: Rule) -> str:
    """A secret is one finding whichever rules see it; a word such as a marking means something else to each rule."""
    return rule.id if rule.category in _BY_RULE else ""


def _first(match: Match) -> tuple[Any, ...]:
    """Say where a match stands in the order of all: content before texts of the forge, these before names, these before files."""
    if match.oid.startswith("path:") or match.origin in _BESIDE:
        return (_BESIDE.get(match.origin, len(_BESIDE)), match.oid, match.span.start, match.span.end, match.rule_id)
    return (0, match.oid, match.container, match.span.start, match.span.end, match.rule_id)


def _places_of(match: Match, context: MergeContext) -> tuple[Place, ...]:
    known = context.places.get(match.oid)
    if known:
        return known
    return (Place(match.path, None, None, _UNTRACED.get(match.origin, Exposure.LOCAL_ONLY)),)


def _confidence_at(rule: Rule, match: Match, place: Place) -> Confidence | None:
    """How sure the match is at this place; None where the rule does not apply there."""
    path = place.path or ""
    if rule.paths.include and not (path and matches(path, rule.paths.include)):
        return None
    doubtful = rule.provider.id == _GENERIC and is_generated(path)
    if doubtful or (rule.paths.exclude and path and matches(path, rule.paths.exclude)):
        return Confidence.MEDIUM if match.confidence is Confidence.HIGH else Confidence.LOW
    return match.confidence


def _draft(name: tuple[str, bytes], group: _Group, context: MergeContext) -> Draft:
    """Build the finding of one value."""
    oids = tuple(group.oids)
    if not group.sightings:
        return Draft(name, oids, (), None, None)
    best = max(
        group.sightings,
        key=lambda s: (context.rules[s.match.rule_id].specificity, s.confidence.rank, s.match.severity.rank, s.match.rule_id),
    )
    rule = context.rules[best.match.rule_id]
    same_rule = [s for s in group.sightings if s.match.rule_id == rule.id]
    locations = _locations(group.sightings, context)
    made_up = all(map(_of_tests, group.sightings))
    severity = _severity(max((s.match.severity for s in same_rule), key=lambda level: level.rank), made_up=made_up)
    severity = _as_asked(severity, rule, locations, context)
    exposure = tuple(sorted({s.place.exposure for s in group.sightings}, key=lambda e: -e.rank))
    dates = [s.place.authored for s in group.sightings if s.place.authored]
    gone = [s.place.gone for s in group.sightings]
    digest = next((s.match.digest for s in group.sightings if s.match.digest), None)
    finding = Finding(
        fingerprint="",
        rule_id=rule.id,
        title=rule.title,
        description=rule.description,
        provider=rule.provider.name,
        category=rule.category,
        severity=severity,
        confidence=max((s.confidence for s in group.sightings), key=lambda level: level.rank),
        grade=rule.grade,
        exposure=exposure,
        locations=locations,
        masked=best.match.masked,
        remediation=rule.remediation,
        references=rule.references,
        suppression=_suppression(group.sightings),
        notes=_notes(same_rule),
        in_test_code=made_up,
        first_seen=min(dates, default=None),
        last_seen=None if any(g is None for g in gone) else max((g for g in gone if g), default=None),
    )
    return Draft(name, oids, _first(group.sightings[0].match), digest, finding)


def _locations(sightings: Sequence[_Sighting], context: MergeContext) -> tuple[Location, ...]:
    """Choose the places to show: every line of the tip, and for each path of history the version that brought the value.

    A file that held the value through a thousand versions is one place with its first commit, not a thousand.
    """
    chosen: list[_Sighting] = [s for s in sightings if s.in_tip]
    historic: defaultdict[tuple[str | None, tuple[str, ...], Origin], list[_Sighting]] = defaultdict(list)
    for sighting in sightings:
        if not sighting.in_tip:
            key = (sighting.place.path, sighting.match.container, sighting.match.origin)
            historic[key].append(sighting)
    for same_path in historic.values():
        first = min(same_path, key=lambda s: (s.authored, s.match.oid))
        brought = [s for s in same_path if s.match.oid == first.match.oid and s.place == first.place]
        if first.match.origin in _PATHLESS:
            brought = list({(s.match.oid, s.match.span): s for s in same_path}.values())
        chosen += brought
    return tuple(sorted({_location(s, context) for s in chosen}, key=_location_order))


def _location(sighting: _Sighting, context: MergeContext) -> Location:
    match, place = sighting.match, sighting.place
    parts = ([_WORDS[match.origin]] if match.origin in _WORDS else []) + [context.name_of(part) for part in match.container]
    path = place.path if match.origin not in _PATHLESS else None
    named = match.origin in {Origin.FILE_NAME, Origin.REF_NAME}
    return Location(
        path=context.name_of(path) if path is not None else None,
        line=None if named else match.line,
        column=None if named else match.column,
        commit=place.commit,
        authored=place.authored,
        container=" > ".join(parts),
        exposure=place.exposure,
        oid=match.oid if match.origin in {Origin.BLOB, Origin.COMMIT, Origin.TAG} else "",
        gone=place.gone,
    )


def _location_order(location: Location) -> tuple[int, bool, datetime, str, int, int, str, str, str]:
    return (
        -(location.exposure.rank if location.exposure else 0),
        _in_test_code(location),
        location.authored or _LATEST,
        location.path or "",
        location.line or 0,
        location.column or 0,
        location.container,
        location.oid,
        location.commit or "",
    )


def _severity(severity: Severity, *, made_up: bool) -> Severity:
    """Lower the severity by one step when every place is test, example, documentation or the code of others."""
    return list(Severity)[severity.rank - 1] if made_up and severity.rank > Severity.LOW.rank else severity


def _of_tests(sighting: _Sighting) -> bool:
    """Tell whether the file, a member on the way into it, or the name before the value is that of a test or an example."""
    match, path = sighting.match, sighting.place.path
    if AS_EXAMPLE in match.notes:
        return True
    return path is not None and match.origin not in _PATHLESS and any(map(is_test_or_example, (path, *match.container)))


def _notes(sightings: Sequence[_Sighting]) -> tuple[str, ...]:
    """Return what is noted of the matches; that one is an example only where all of them are."""
    examples = all(AS_EXAMPLE in s.match.notes for s in sightings)
    return tuple(dict.fromkeys(note for s in sightings for note in s.match.notes if examples or note != AS_EXAMPLE))


def _in_test_code(location: Location) -> bool:
    """Tell whether the file, or a member on the way into it, is named as a test or an example."""
    return location.path is not None and any(map(is_test_or_example, (location.path, *location.container.split(" > "))))


def _as_asked(severity: Severity, rule: Rule, locations: Sequence[Location], context: MergeContext) -> Severity:
    """Lower the severity as the settings ask, which changes the order of what is shown and nothing of what blocks.

    The file that asks may stand in the scanned tree. So nothing is lowered to info, which weighs nothing, and no token in
    the format of a known provider below high, where a mark beside it would clear it.
    """
    issued = rule.category in _ISSUED and rule.provider.id != _GENERIC
    least = min(severity, Severity.HIGH if issued else Severity.LOW, key=lambda level: level.rank)
    for override in context.overrides:
        if all(place.path is not None and matches(place.path, override.paths) for place in locations):
            severity = max(least, min(severity, override.severity, key=lambda level: level.rank), key=lambda level: level.rank)
    return severity


def _suppression(sightings: Sequence[_Sighting]) -> Suppression | None:
    """Take an inline mark as given when every place of the tip carries one (every place at all, where the tip has none)."""
    relevant = [s for s in sightings if s.in_tip] or list(sightings)
    marks = [s.match.suppression for s in relevant]
    return marks[0] if all(mark is not None for mark in marks) else None


def _name_all(drafts: Iterable[Draft]) -> list[tuple[Finding, bytes]]:
    """Give each finding its fingerprint; values of one rule at one first path are told apart by their order of arrival."""
    named: list[tuple[Finding, bytes]] = []
    unnamed: defaultdict[tuple[str, str], list[tuple[Finding, bytes]]] = defaultdict(list)
    for draft in drafts:
        finding, (_, key) = draft.finding, draft.group
        if finding is None:
            continue
        if draft.digest is not None:
            named.append((replace(finding, fingerprint=value_fingerprint(draft.digest)), key))
        else:
            unnamed[finding.rule_id, _first_path(finding)].append((finding, key))
    for (rule_id, path), same in unnamed.items():
        same.sort(key=_arrival)
        named += [(replace(item, fingerprint=place_fingerprint(rule_id, path, n)), key) for n, (item, key) in enumerate(same)]
    return named


def _first_path(finding: Finding) -> str:
    first = min(finding.locations, key=lambda place: (place.authored or _LATEST, place.path or "", place.line or 0))
    return first.path or first.container


def _arrival(item: tuple[Finding, bytes]) -> tuple[datetime, int, int, str]:
    finding, _ = item
    return (finding.first_seen or _LATEST, finding.first.line or 0, finding.first.column or 0, finding.first.oid)


def _worst_first(finding: Finding) -> tuple[int, int, int, str, str]:
    return (
        -finding.severity.rank,
        -finding.confidence.rank,
        -finding.exposure[0].rank,
        finding.rule_id,
        finding.fingerprint,
    )
