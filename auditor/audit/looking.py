"""Looking at a whole target: scan its content, find out where it stands, merge what was found. Nobody's answers come in here."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Thread
from typing import TYPE_CHECKING, Final

from auditor.audit.beside import look_beside
from auditor.audit.facts import target_of
from auditor.audit.found import Drafts, QuietNames
from auditor.audit.imports import join_imports
from auditor.audit.looked import Looked
from auditor.config import cache_folder, worker_count
from auditor.detection.engine import Engine, EngineOptions, in_order
from auditor.detection.ruleset import load as load_rules
from auditor.findings.files import path_matches, path_places
from auditor.findings.imported import read_files
from auditor.findings.merge import MergeContext, group_of, merge
from auditor.findings.names import Names, hide
from auditor.findings.suppression import apply_baselines, read_baselines
from auditor.model.progress import NoProgress
from auditor.openness.ways import history_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from auditor.audit.beside import Beside, Online
    from auditor.audit.earlier import Earlier
    from auditor.config import Settings
    from auditor.detection.engine import ScanResult
    from auditor.detection.ruleset import Ruleset
    from auditor.detection.work import Done
    from auditor.findings.merge import Draft
    from auditor.model.coverage import Coverage
    from auditor.model.finding import Finding, Match
    from auditor.model.memory import Kept
    from auditor.model.progress import Progress
    from auditor.model.provenance import History
    from auditor.model.rule import Rule
    from auditor.model.secret import Secret
    from auditor.sources.target import Source

_LITTLE: Final = 4_000_000
"""Bytes that are scanned sooner than worker processes start."""
_NAMES: Final = ("path:", "ref:", "forge:")
"""Keys of content that stands in no object; see sources/target.py and sources/forge_texts.py."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What looking gave: matches in content and in names, and where the content stands."""

    content: ScanResult
    names: ScanResult
    history: History
    quiet: QuietNames
    """Names in which nothing was found."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Findings before anybody's answers, and what is needed to go back to their values."""

    findings: tuple[Finding, ...] = ()
    names: Names = field(default_factory=Names)
    matches: Sequence[Match] = ()
    keys: Mapping[str, bytes] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    keep: Callable[[Earlier, Kept], None] | None = None
    """Keeps what was found beside the history that was kept."""


class Looking:
    """One look at one target. Rules and engine are made when something has to be scanned."""

    def __init__(  # noqa: PLR0913  all that a look depends on
        self, source: Source, settings: Settings, memory: Earlier, progress: Progress, key: bytes, *, plain: bool = False
    ) -> None:
        """Take the target, the user's settings, earlier results, and the key under which values are hashed.

        `plain` says that nobody will ask for single matches: then findings that still hold are not made again of them.
        """
        self.source = source
        self._settings = settings
        self._memory = memory
        self._progress = progress
        self._key = key
        self._plain = plain
        self._workers = worker_count(settings)

    @cached_property
    def ruleset(self) -> Ruleset:
        """All rules of this run."""
        settings = self._settings
        folder, plugins = cache_folder(settings), settings.detect_secrets_plugins
        return load_rules(settings.rules, disabled=settings.disabled_rules, cache_dir=folder, plugins=plugins)

    @cached_property
    def engine(self) -> Engine:
        """What scans."""
        folder, plugins = cache_folder(self._settings), self._settings.detect_secrets_plugins
        return Engine(lambda: self.ruleset, EngineOptions(self._key, folder, plugins=plugins, workers=self._workers))

    def look(
        self,
        path: Path,
        online: Online,
        *,
        settings: Callable[[], Settings],
        read: Callable[[str], bytes | None],
        replaced: frozenset[str],
    ) -> tuple[Looked, Gathered]:
        """Look at everything.

        Args:
            path: the target as the user named it.
            online: what the forge told.
            settings: gives the settings with what the target asks for, once it can be read.
            read: gives a file by its path, for baselines.
            replaced: objects that the base of a range holds.
        """
        imported = read_files(self._settings.imports)
        seen = self._scan(settings)
        beside = look_beside(online, self.engine, self._progress)
        view = self.source.view()
        gathered = self._gather(seen, beside, settings())
        known = _known(self.source, self.engine, gathered, replaced)
        known, warnings = join_imports(known, imported, view, seen.history.paths, self.source.root)
        coverage = _coverage(self.source, seen, beside, gathered.names, (*self.ruleset.notes, *self.engine.notes))
        looked = Looked(
            apply_baselines(known, read_baselines(read)),
            coverage,
            target_of(self.source, path, view),
            history_figures(view),
            (len(self.ruleset), self.ruleset.digest),
            dict(self.source.state()) if coverage.complete and self._memory.keeps else {},
        )
        return looked, replace(gathered, warnings=tuple(warnings))

    def _scan(self, settings: Callable[[], Settings]) -> Seen:
        """Scan the content that no earlier run scanned, find out where it stands, then scan the names."""
        source, progress = self.source, self._progress
        progress.phase("Listing objects")
        loading = Thread(target=self._load, daemon=True)
        loading.start()
        try:
            shares = source.shares(self._workers, self._memory)
        finally:
            loading.join()
        progress.phase("Reading content")
        alone = source.weight < _LITTLE
        content = self.engine.scan(shares, progress, alone=alone, meanwhile=self._prepare, each=self._learn)
        matches, skipped = self._memory.recalled(content)
        content.skipped = [*content.skipped, *skipped]
        if matches:
            content.matches = sorted([*content.matches, *matches], key=in_order)
        progress.phase("Tracing history")
        wanted = {match.oid for match in content.matches} | {item.oid for item in content.skipped if item.oid}
        kept: frozenset[str] = frozenset()
        if found := self._memory.found:
            wanted |= found.oids
            if self._plain and found.overrides == repr(settings().severity_overrides):
                kept = found.oids - found.gaps
        history = source.trace(content.facts, wanted, kept)
        progress.phase("Reading names")
        before = found.names if found else QuietNames()
        share = before.rest(source.names())
        names = self.engine.scan([share], NoProgress())
        if names.matches and history.steady:  # a name that holds a value is not shown, wherever it stands
            history = source.trace(content.facts, wanted)
        hits = before.hits_among(history.paths, self.engine.match_paths)
        return Seen(content, names, history, QuietNames.of(share, names, before, hits))

    def _gather(self, seen: Seen, beside: Beside, settings: Settings) -> Gathered:
        """Merge the matches to findings, with every name that holds a value made safe to show."""
        rules: Mapping[str, Rule] = {rule.id: rule for rule in self.ruleset.rules}
        hits, paths = seen.quiet.hits, seen.history.paths
        names = hide(seen.names.matches, rules)
        rest = [*beside.matches, *seen.names.matches, *path_matches(hits, rules)]
        held, content = self._held(seen, rest, rules)
        known = seen.history.places
        places = {oid: known[oid] for oid in {match.oid for match in (*content, *rest)} if oid in known}
        places |= {**path_places(hits, paths), **beside.places}
        context = MergeContext(rules, places, settings.severity_overrides, names)
        merged = merge(content, context, beside=rest, kept=held)

        def keep(memory: Earlier, kept: Kept) -> None:
            drafts = Drafts.of(merged.drafts, content, rules, kept.aside)
            memory.keep_found(kept, drafts, repr(settings.severity_overrides), seen.quiet)

        return Gathered(merged.findings, names, [*content, *rest], merged.keys, keep=keep)

    def _held(self, seen: Seen, rest: Sequence[Match], rules: Mapping[str, Rule]) -> tuple[Sequence[Draft], list[Match]]:
        """Return what was made of earlier matches and still holds, and the other matches in their order."""
        found, content = self._memory.found, seen.content.matches
        if found is None:
            return (), content
        fresh = {group_of(match, rules[match.rule_id]) for match in (*content, *rest) if match.rule_id in rules}
        held = found.holding(seen.history.steady, fresh)
        return held, sorted([*content, *found.matches(rules, held)], key=in_order)

    def _load(self) -> None:
        """Load the rules while git lists the objects. What fails here fails again where it is needed."""
        with suppress(Exception):
            self.engine.load()

    def _learn(self, done: Done) -> None:
        """Keep what came of a share; a run that is interrupted goes on from there."""
        self._memory.learn(done.matches, done.skipped, self.source.read_whole([done.facts]))

    def _prepare(self) -> None:
        """Trace, and load what judges, while others scan."""
        from auditor.openness.preparing import prepare  # noqa: PLC0415  a scan that judges nothing does without

        self.source.prepare()
        prepare()

    def values(self, online: Online, gathered: Gathered, findings: Sequence[Finding]) -> Iterator[tuple[str, str, Secret]]:
        """Read the content of the findings again, and yield fingerprint, rule and value of each once."""
        return _values(self.source, online, self.engine, gathered, findings)


def _known(source: Source, engine: Engine, merged: Gathered, replaced: frozenset[str]) -> tuple[Finding, ...]:
    """Mark findings whose value the base of the range holds too."""
    if not (replaced and merged.findings):
        return merged.findings
    keys = {match.key for match in engine.scan([source.pick(replaced)], NoProgress()).matches}
    return tuple(replace(finding, known=merged.keys[finding.fingerprint] in keys) for finding in merged.findings)


def _coverage(source: Source, seen: Seen, beside: Beside, names: Names, notes: tuple[str, ...]) -> Coverage:
    """Put together what the source, the workers and the history could not look at."""
    base, history = source.coverage(), seen.history
    everything = {*base.skipped, *map(history.locate, seen.content.skipped), *seen.names.skipped, *history.skipped, *beside.skipped}
    ordered = sorted(everything, key=lambda s: (s.kind, s.what, s.reason, s.path, s.oid, s.container))
    shown = (replace(item, path=names(item.path)) if item.path else item for item in ordered)
    return replace(base, skipped=tuple(shown), notes=(*base.notes, *history.notes, *notes))


def _values(
    source: Source, online: Online, engine: Engine, gathered: Gathered, findings: Sequence[Finding]
) -> Iterator[tuple[str, str, Secret]]:
    """Read the content of the findings again, and yield fingerprint, rule and value of each once."""
    by_key: defaultdict[bytes, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.fingerprint in gathered.keys:  # an imported one has no value here
            by_key[gathered.keys[finding.fingerprint]].append(finding)
    oids = {match.oid for match in gathered.matches if match.key in by_key and not match.oid.startswith(_NAMES)}
    done: set[bytes] = set()
    for share in (source.pick(oids), source.names(), online.share):
        for key, secret in engine.values(share, set(by_key)):
            if key not in done:
                done.add(key)
                for finding in by_key[key]:
                    yield finding.fingerprint, finding.rule_id, secret
