"""What was found in the objects of one repository, as it is kept beside the pass over its history.

A run that finds a few objects more takes up no more of it than these change: the finding that was made of all matches of one value
holds while the same matches stand at the same places (see findings/merge.py), and a name in which nothing was found holds nothing.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from auditor.audit.codec import is_a, made_of, part_of, plain
from auditor.findings.merge import Draft, apart, group_of
from auditor.model.coverage import Skipped
from auditor.model.finding import Match
from auditor.sources.layout import text
from auditor.sources.text_objects import NameShare

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from auditor.detection.engine import ScanResult
    from auditor.model.rule import Rule

Group = tuple[str, bytes]
_RULE, _KEY = part_of(Match, "rule_id"), part_of(Match, "key")


@dataclass(slots=True)
class QuietNames:
    """Paths and refs in which nothing was found, and the paths that are findings by themselves, each with a rule."""

    paths: frozenset[str] = frozenset()
    refs: frozenset[bytes] = frozenset()
    hits: Sequence[tuple[str, str]] = ()

    @classmethod
    def of(cls, share: NameShare, seen: ScanResult, before: QuietNames, hits: Sequence[tuple[str, str]]) -> QuietNames:
        """Keep the names of a share but those in which something was found; `before` are those that were left out of it."""
        telling = {match.oid for match in seen.matches} | {item.oid for item in seen.skipped}
        paths = (path for path in share.paths if f"path:{path}" not in telling)
        refs = (name for prefix, name in share.refs if not prefix and f"ref:{text(name)}" not in telling)
        return cls(before.paths.union(paths), before.refs.union(refs), hits)

    def rest(self, share: NameShare) -> NameShare:
        """Return what is left of a share without these."""
        return NameShare(
            [path for path in share.paths if path not in self.paths],
            [(prefix, name) for prefix, name in share.refs if prefix or name not in self.refs],
        )

    def hits_among(self, paths: Iterable[str], match: Callable[[list[str]], list[tuple[str, str]]]) -> list[tuple[str, str]]:
        """Return which of the paths are findings by themselves; `match` is asked of those only that are not known."""
        paths = list(paths)
        rules: defaultdict[str, list[str]] = defaultdict(list)
        for rule, path in (*self.hits, *match([path for path in paths if path not in self.paths])):
            if rule not in rules[path]:
                rules[path].append(rule)
        return [(rule, path) for path in paths if path in rules for rule in rules[path]]


@dataclass(slots=True)
class Drafts:
    """Drafts that can be kept, and the objects with other values."""

    kept: Sequence[Draft]
    rest: frozenset[str]

    @classmethod
    def of(cls, drafts: Iterable[Draft], matches: Sequence[Match], rules: Mapping[str, Rule], aside: Collection[bytes]) -> Drafts:
        """Keep a draft of matches that stand in objects alone, none of them aside, in an order that takes no other match."""
        places = Counter(map(_place, matches))
        twins = (match for match in matches if places[_place(match)] > 1 and match.rule_id in rules)
        unclear = {group_of(match, rules[match.rule_id]) for match in twins}
        kept: list[Draft] = []
        rest: set[str] = set()
        for draft in drafts:
            objects = [oid for oid in draft.oids if ":" not in oid and oid.encode() not in aside]
            if draft.group in unclear or len(objects) < len(draft.oids):
                rest.update(objects)
            else:
                kept.append(draft)
        return cls(kept, frozenset(rest))


def _place(match: Match) -> tuple[Any, ...]:
    return (match.oid, match.container, match.span, match.rule_id)


@dataclass
class Found:
    """What was found in objects: by object as JSON, which is taken up only where it is asked for, and drafts of findings."""

    rows: Mapping[str, bytes]
    gaps: frozenset[str]
    """Those objects of which something was left out."""
    drafts: Drafts
    overrides: str
    """What the settings asked for when they were made."""
    names: QuietNames = field(default_factory=QuietNames)

    @cached_property
    def oids(self) -> frozenset[str]:
        """The objects in which something was found."""
        return frozenset(self.rows)

    def skipped(self) -> list[Skipped]:
        """Return what was left out of them."""
        return [item for oid in sorted(self.gaps) for item in self._row(oid) if isinstance(item, Skipped)]

    def holding(self, steady: Collection[str], fresh: Iterable[Group]) -> list[Draft]:
        """Return the drafts that hold: all their objects stand where they stood, and no other match is of their group."""
        changed = set(fresh)
        return [draft for draft in self.drafts.kept if draft.group not in changed and all(oid in steady for oid in draft.oids)]

    def matches(self, rules: Mapping[str, Rule], without: Collection[Draft] = ()) -> list[Match]:
        """Return all matches but those of some drafts."""
        done = {draft.group for draft in without}
        rest = self.drafts.rest.union(*(draft.oids for draft in self.drafts.kept if draft.group not in done)) if done else self.rows
        aparts = {rule_id: apart(rule) for rule_id, rule in rules.items()}
        written = {(of, plain(key)[1]) for of, key in done}  # two of three are left out, and need not be made for that
        return [
            made_of(data)
            for oid in rest
            for data in json.loads(self.rows[oid])[1:]
            if is_a(Match, data) and (aparts.get(_RULE(data)), _KEY(data)[1]) not in written
        ]

    def _row(self, oid: str) -> tuple[Match | Skipped, ...]:
        made: tuple[Match | Skipped, ...] = made_of(json.loads(self.rows[oid]))
        return made


def as_plain(found: Found) -> dict[str, Any]:
    """Return it as JSON holds it, but for long bytes."""
    numbers = {oid: number for number, oid in enumerate(found.rows)}
    names = found.names
    return {
        "oids": " ".join(found.rows).encode(),
        "rows": b"\n".join(found.rows.values()),
        "gaps": sorted(found.gaps),
        "drafts": [
            [apart, key.hex(), [numbers[oid] for oid in draft.oids], plain(draft.first), draft.digest, plain(draft.finding)]
            for draft in found.drafts.kept
            for apart, key in [draft.group]
        ],
        "rest": sorted(found.drafts.rest),
        "overrides": found.overrides,
        "names": [sorted(names.paths), sorted(name.decode("latin-1") for name in names.refs), list(names.hits)],
    }


def from_plain(data: Mapping[str, Any]) -> Found:
    """Return it again."""
    oids = data["oids"].decode().split()
    rows = dict(zip(oids, data["rows"].split(b"\n"), strict=False))  # of no objects there is one empty row
    paths, refs, hits = data["names"]
    return Found(
        rows,
        frozenset(data["gaps"]),
        Drafts(
            [
                Draft((apart, bytes.fromhex(key)), tuple(oids[number] for number in held), made_of(first), digest, made_of(finding))
                for apart, key, held, first, digest, finding in data["drafts"]
            ],
            frozenset(data["rest"]),
        ),
        data["overrides"],
        QuietNames(frozenset(paths), frozenset(name.encode("latin-1") for name in refs), [(rule, path) for rule, path in hits]),
    )
