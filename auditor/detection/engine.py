"""All shares of the content through a pool of workers, to one result."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from auditor.detection.globs import Globs
from auditor.detection.matcher import flaw
from auditor.detection.pool import Pool
from auditor.detection.scanner import Scanner, ScanOptions
from auditor.detection.work import Done, scan_share
from auditor.model.coverage import GapKind, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from auditor.detection.ruleset import Ruleset
    from auditor.model.blob import Share
    from auditor.model.finding import Match
    from auditor.model.progress import Progress
    from auditor.model.secret import Secret


@dataclass(frozen=True, slots=True)
class EngineOptions(ScanOptions):
    """What an engine is told beside what its scanners are: the number of worker processes."""

    workers: int = 1


@dataclass(slots=True)
class ScanResult:
    """What all workers found: matches, what was not looked at, and the notes of the shares for the source that made them."""

    matches: list[Match] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    facts: list[object] = field(default_factory=list)
    blobs: int = 0
    bytes: int = 0


class Engine:
    """Looks for the matches of a ruleset in shares of content, in paths, and again for the values of some matches."""

    def __init__(self, ruleset: Ruleset | Callable[[], Ruleset], options: EngineOptions) -> None:
        """Take the rules, or what loads them when something is to be scanned; nothing is compiled yet."""
        self._given = ruleset
        self._options = options
        self._scanner: Scanner | None = None

    @cached_property
    def _ruleset(self) -> Ruleset:
        return self._given() if callable(self._given) else self._given

    def load(self) -> None:
        """Load the rules and what finds them before they are needed.

        Raises:
            ConfigurationError: a rule cannot be loaded or compiled.
        """
        self._own_scanner()

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What is known to be wrong with what scans, to be said with what came of it."""
        return (said,) if (said := flaw()) else ()

    def scan(
        self,
        shares: Sequence[Share],
        progress: Progress,
        *,
        alone: bool = False,
        meanwhile: Callable[[], None] | None = None,
        each: Callable[[Done], None] | None = None,
    ) -> ScanResult:
        """Scan all shares, `alone` in this process: for a little, starting others costs more than they save.

        Where others scan, `meanwhile` is called in a thread of this process. What it raises is lost: it only prepares. `each` is
        called with what came of each share, as soon as it came.

        A worker that dies loses its share, not the scan: the share is in `skipped` as a gap of the history.

        Raises:
            ConfigurationError: a rule cannot be compiled.
        """
        result = ScanResult()
        outcomes: Iterable[Done | None]
        if alone or min(self._options.workers, len(shares)) <= 1:
            outcomes = (scan_share(self._own_scanner(), share, progress.advance) for share in shares)
        else:
            # The database goes into the cache first, so that the workers only load it, or have it as copies of this process.
            self._own_scanner()
            make = partial(Scanner, self._ruleset, self._options)
            outcomes = Pool(make, self._own_scanner, self._options.workers).run(shares, progress, meanwhile)
        for done in outcomes:
            if done is None:
                result.skipped.append(Skipped(GapKind.HISTORY, "share of the content", "a worker died", in_tip=True))
                continue
            done.matches.sort(key=in_order)
            if each is not None:
                each(done)
            result.matches += done.matches
            result.skipped += done.skipped
            result.facts.append(done.facts)
            result.blobs += done.blobs
            result.bytes += done.bytes
        result.matches.sort(key=in_order)
        result.skipped.sort(key=lambda item: (item.kind, item.what, item.reason, item.oid, item.path, item.container))
        return result

    def match_paths(self, paths: Iterable[str]) -> list[tuple[str, str]]:
        """Return rule id and path for every path that is itself a finding."""
        globs = Globs((rule.id, rule.files) for rule in self._ruleset.rules if rule.files)
        return [(rule_id, path) for path in paths for rule_id in globs.match(path)]

    def values(self, share: Share, keys: Collection[bytes]) -> Iterator[tuple[bytes, Secret]]:
        """Read content again and yield the values whose keys are asked for."""
        scanner = self._own_scanner()
        for item in share.items():
            if not isinstance(item, Skipped):
                for match, secret in scanner.scan(item):
                    if match.key in keys:
                        yield match.key, secret

    def _own_scanner(self) -> Scanner:
        if self._scanner is None:
            self._scanner = Scanner(self._ruleset, self._options)
        return self._scanner


def in_order(match: Match) -> tuple[str, tuple[str, ...], int, int, str]:
    """Return by what matches are sorted, so that one worker and many, and earlier results, give the same sequence."""
    return (match.oid, match.container, match.span.start, match.span.end, match.rule_id)
