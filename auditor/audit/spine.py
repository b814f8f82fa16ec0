"""The spine: bytes flow one way, from sources through detection to findings, beside them the checks, into one report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from auditor.audit.beside import Online, look_beside
from auditor.audit.earlier import remembering
from auditor.audit.facts import target_of, tool_of
from auditor.audit.imports import join_imports
from auditor.audit.judging import judge
from auditor.audit.requests import read_in, read_requests
from auditor.config import cache_folder, worker_count
from auditor.detection.engine import Engine, EngineOptions, in_order
from auditor.detection.ruleset import load as load_rules
from auditor.errors import ExitCode
from auditor.findings.ancestry import Ancestry
from auditor.findings.files import path_matches, path_places
from auditor.findings.imported import read_files
from auditor.findings.merge import MergeContext, merge
from auditor.findings.names import hide
from auditor.findings.reveal import write_values
from auditor.findings.suppression import apply_baselines, apply_openness, read_baselines
from auditor.model.progress import NoProgress
from auditor.model.report import AuditReport
from auditor.model.verdict import Decision
from auditor.openness.deadlines import deadlines
from auditor.openness.route import TargetFacts
from auditor.openness.second_person import countersigned
from auditor.openness.ways import ways
from auditor.sources.target import open_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from auditor.audit.beside import Beside
    from auditor.audit.earlier import Earlier
    from auditor.config import Settings
    from auditor.detection.engine import ScanResult
    from auditor.detection.ruleset import Ruleset
    from auditor.findings.names import Names
    from auditor.model.coverage import Coverage
    from auditor.model.finding import Finding, Match
    from auditor.model.progress import Progress
    from auditor.model.provenance import History
    from auditor.model.rule import Rule
    from auditor.model.secret import Secret
    from auditor.sources.target import Source

_EXIT: Final = {Decision.NOT_YET: ExitCode.NOT_YET, Decision.CANNOT_TELL: ExitCode.COULD_NOT_JUDGE}
_LITTLE: Final = 4_000_000
"""Bytes that are scanned sooner than worker processes start."""
_NAMES: Final = ("path:", "ref:", "forge:")
"""Keys of content that stands in no object; see sources/target.py and sources/forge_texts.py."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Look at a part only: what is staged, or the commits of `BASE..HEAD`; neither means everything.

    `trusted` reads configuration, baselines and openness.yml from elsewhere than the target: whoever proposes a change does
    not decide how it is judged. `replaced` are the objects that the base holds where the range changed something: a value
    that stands in one of them is marked as known, because the range did not bring it.
    """

    staged: bool = False
    commits: str = ""
    trusted: Callable[[str], bytes | None] | None = None
    replaced: frozenset[str] = frozenset()


EVERYTHING: Final = Changes()


def exit_code(report: AuditReport) -> ExitCode:
    """Return what the process promises to the shell for this report."""
    return _EXIT.get(report.verdict.decision, ExitCode.NOTHING_BLOCKS)


def audit(  # noqa: PLR0913  the whole of what an audit may be told, each by name
    path: Path,
    settings: Settings,
    *,
    changes: Changes = EVERYTHING,
    fixed: frozenset[str] = frozenset(),
    progress: Progress | None = None,
    reveal_to: int | None = None,
    now: datetime | None = None,
    link_key: bytes = b"",
    online: Online | None = None,
) -> AuditReport:
    """Audit one target.

    Args:
        path: a clone, a bare or mirror copy, a folder or a file.
        settings: what the user decided.
        changes: look at a part only.
        fixed: names of the settings that the scanned tree may not ask to change.
        progress: hears how far it is.
        reveal_to: descriptor of a private file for the raw values; closed in the end.
        now: the clock, the system's when it is None.
        link_key: an organisation's key; the findings then carry the hash of their value under it, the same in every repository.
        online: what was read from the forge before; the audit itself reaches no network.

    Raises:
        AuditorError: the target, a rule, a setting or a file of the user stops the audit.
    """
    progress = progress or NoProgress()
    now = now or datetime.now(UTC)
    online = online or Online()
    folder = cache_folder(settings)
    ruleset = load_rules(
        settings.rules, disabled=settings.disabled_rules, cache_dir=folder, plugins=settings.detect_secrets_plugins
    )
    imported = read_files(settings.imports)
    asked = read_requests(changes.trusted or partial(read_in, path), settings, fixed)
    with (
        remembering(settings, link_key) as memory,
        open_target(path, asked.settings, staged=changes.staged, commits=changes.commits) as source,
    ):
        options = EngineOptions(
            key=link_key or memory.merge_key,
            cache_dir=folder,
            plugins=settings.detect_secrets_plugins,
            workers=worker_count(settings),
        )
        engine = Engine(ruleset, options)
        seen = _look(source, engine, progress, worker_count(settings), memory)
        beside = look_beside(online, engine, progress)
        progress.phase("Judging")
        view = source.view()
        requests = read_requests(view.read, settings, fixed) if source.bare and not changes.trusted else asked
        merged = _gather(seen, beside, ruleset, engine, requests.settings)
        known = _known(source, engine, merged, changes.replaced)
        known, imports = join_imports(known, imported, view, seen.history.paths, source.root)
        findings = apply_baselines(known, read_baselines(changes.trusted or view.read))
        book, told = countersigned(requests.book, view, requests.policy)
        requests = replace(requests, book=book, warnings=(*requests.warnings, *told))
        findings = apply_openness(findings, requests.book, today=now.date(), ancestors=Ancestry(view.commits))
        coverage = _coverage(source, seen, beside, merged.names, ruleset.notes)
        judged = judge(
            view,
            findings,
            coverage,
            requests,
            target=TargetFacts(source.kind, source.bare, changes.staged),
            today=now.date(),
            engine=engine,
            names=merged.names,
            online=online,
            answers=memory.answers(source.state() if coverage.complete else {}),
        )
        if link_key:
            linked = (replace(f, link=merged.keys.get(f.fingerprint, b"").hex()) for f in judged.findings)
            judged = replace(judged, findings=tuple(linked))
        if reveal_to is not None:
            write_values(reveal_to, _values(source, online, engine, merged, judged.findings))
        return AuditReport(
            target=target_of(source, path, view, requests.book),
            tool=tool_of(ruleset, requests),
            generated=now,
            findings=judged.findings,
            checks=judged.checks,
            coverage=coverage,
            verdict=judged.verdict,
            attestations=judged.attestations,
            warnings=(*requests.warnings, *imports, *online.warnings, *memory.problems),
            deadlines=deadlines(requests.book),
            ways=ways(view, coverage, judged.findings, requests.policy),
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What looking gave: matches in content and in names, and where the content stands."""

    content: ScanResult
    names: ScanResult
    history: History


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Findings before anybody's answers, and what is needed to go back to their values."""

    findings: tuple[Finding, ...]
    names: Names
    matches: Sequence[Match]
    keys: Mapping[str, bytes]


def _look(source: Source, engine: Engine, progress: Progress, workers: int, memory: Earlier) -> _Seen:
    """Scan the content that no earlier run scanned, find out where it stands, then scan the names."""
    progress.phase("Listing objects")
    shares = source.shares(workers, memory)
    progress.phase("Reading content")
    content = engine.scan(shares, progress, alone=source.weight < _LITTLE)
    memory.learn(content, source.read_whole(content.facts))
    content.matches = sorted([*content.matches, *memory.recalled(content)], key=in_order)
    progress.phase("Tracing history")
    wanted = {match.oid for match in content.matches} | {item.oid for item in content.skipped if item.oid}
    history = source.trace(content.facts, wanted)
    progress.phase("Reading names")
    return _Seen(content, engine.scan([source.names()], NoProgress()), history)


def _gather(seen: _Seen, beside: Beside, ruleset: Ruleset, engine: Engine, settings: Settings) -> _Gathered:
    """Merge the matches to findings, with every name that holds a value made safe to show."""
    rules: Mapping[str, Rule] = {rule.id: rule for rule in ruleset.rules}
    hits = engine.match_paths(seen.history.paths)
    names = hide(seen.names.matches, rules)
    places = {**seen.history.places, **path_places(hits, seen.history.paths), **beside.places}
    matches = [*seen.content.matches, *beside.matches, *seen.names.matches, *path_matches(hits, rules)]
    merged = merge(matches, MergeContext(rules, places, settings.severity_overrides, names))
    return _Gathered(merged.findings, names, matches, merged.keys)


def _known(source: Source, engine: Engine, merged: _Gathered, replaced: frozenset[str]) -> tuple[Finding, ...]:
    """Mark findings whose value the base of the range holds too."""
    if not (replaced and merged.findings):
        return merged.findings
    keys = {match.key for match in engine.scan([source.pick(replaced)], NoProgress()).matches}
    return tuple(replace(finding, known=merged.keys[finding.fingerprint] in keys) for finding in merged.findings)


def _coverage(source: Source, seen: _Seen, beside: Beside, names: Names, notes: tuple[str, ...]) -> Coverage:
    """Put together what the source, the workers and the history could not look at."""
    base, history = source.coverage(), seen.history
    everything = {*base.skipped, *map(history.locate, seen.content.skipped), *seen.names.skipped, *history.skipped, *beside.skipped}
    ordered = sorted(everything, key=lambda s: (s.kind, s.what, s.reason, s.path, s.oid, s.container))
    shown = (replace(item, path=names(item.path)) if item.path else item for item in ordered)
    return replace(base, skipped=tuple(shown), notes=(*base.notes, *history.notes, *notes))


def _values(
    source: Source, online: Online, engine: Engine, gathered: _Gathered, findings: Sequence[Finding]
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
