"""The forge's alerts on secrets beside our findings: the same place means the same secret, whatever each side calls it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.model.forge import Hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.model.finding import Finding, Location
    from auditor.model.forge import AlertPlace, SecretAlert

_WORD: Final = re.compile(r"[a-z0-9]{3,}")
_THREAD: Final = re.compile(r"/((?:issues|pulls?)/\d+)\Z")
_COMMENT: Final = re.compile(r"/(?:comments|reviews)/(\d+)\Z|#\w+-(\d+)\Z")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who saw what: alerts with the finding at the same place, alerts that only the forge has, findings that only we have."""

    both: tuple[tuple[SecretAlert, Finding], ...]
    only_theirs: tuple[SecretAlert, ...]
    only_ours: tuple[Finding, ...]


def compare(alerts: Iterable[SecretAlert], findings: Sequence[Finding]) -> Comparison:
    """Hold alerts and findings against each other."""
    by_place: dict[str, list[Finding]] = {}
    for finding in findings:
        for location in finding.locations:
            for key in _ours(location):
                by_place.setdefault(key, []).append(finding)
    both, only_theirs, known = list[tuple["SecretAlert", "Finding"]](), list["SecretAlert"](), set[str]()
    for alert in alerts:
        places = () if isinstance(alert.places, Hidden) else alert.places
        here = [finding for place in places for key in _theirs(place) for finding in by_place.get(key, ())]
        if here:
            both.append((alert, max(here, key=lambda finding: _alike(alert, finding))))
            known.update(finding.fingerprint for finding in here)
        else:
            only_theirs.append(alert)
    return Comparison(tuple(both), tuple(only_theirs), tuple(f for f in findings if f.fingerprint not in known))


def _ours(place: Location) -> Iterator[str]:
    if place.oid and place.line:
        yield f"{place.oid}:{place.line}"
    if place.path and place.line and place.commit:
        yield f"{place.commit}:{place.path}:{place.line}"
    if place.path:
        yield f"text:{_text_name(place.path)}"


def _theirs(place: AlertPlace) -> Iterator[str]:
    if place.oid:
        yield f"{place.oid}:{place.line}"
    if place.commit:
        yield f"{place.commit}:{place.path}:{place.line}"
    comment, thread = _COMMENT.search(place.page), _THREAD.search(place.page)
    if comment:
        yield f"text:comment {comment[1] or comment[2]}"
    elif thread:
        yield f"text:{thread[1].replace('pulls/', 'pull/')}"


def _text_name(path: str) -> str:
    """Return the name under which a comment is known by its number alone, as the forge names it."""
    comment = re.fullmatch(r"(?:issues|pull)/\d+/(?:comments|reviews|lines)/(\d+)", path)
    return f"comment {comment[1]}" if comment else path


def _alike(alert: SecretAlert, finding: Finding) -> int:
    """Count the words that both sides use for the type: where two secrets share a line, the better named one is meant."""
    ours = set(_WORD.findall(f"{finding.rule_id} {finding.provider} {finding.title}".lower()))
    return len(ours & set(_WORD.findall(f"{alert.type} {alert.title}".lower().replace("_", " "))))
