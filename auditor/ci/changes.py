"""What a change adds: which findings are its own, which it asks to suppress, and which of these wishes count before a merge.

The audit was made with the base's settings. What the head's own files would suppress beyond that is a wish of the author: it is
shown to the reviewer, and it counts for low and medium severity where the base's CODEOWNERS names an owner of the file that
holds the wish, since the forge then asks that owner. High and critical ones need a merge of the wish first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from auditor.errors import ConfigurationError
from auditor.findings.suppression import apply_baselines, apply_openness, read_baselines
from auditor.model.levels import Exposure, Severity
from auditor.model.openness_file import PLACES as BOOK_PLACES
from auditor.model.rule import Category
from auditor.openness.book import find_book, load_book
from auditor.openness.globs import matches
from auditor.openness.reading.codeowners import PLACES as OWNER_PLACES
from auditor.openness.reading.codeowners import parse as parse_owners
from auditor.settings_file import YAML_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import date

    from auditor.model.finding import Finding, Suppression
    from auditor.model.levels import Confidence
    from auditor.openness.reading.codeowners import Rule

    Read = Callable[[str], bytes | None]

_WATCHED: Final = (YAML_NAME, *BOOK_PLACES, ".secrets.baseline", ".gitleaksignore", *OWNER_PLACES)
_WORKFLOWS: Final = ".github/workflows/"
_NOW: Final = frozenset({Exposure.HEAD, Exposure.UNCOMMITTED})


@dataclass(frozen=True, slots=True)
class Wish:
    """A finding of the change that the change itself asks to suppress; `holds` tells whether that counts already."""

    finding: Finding
    suppression: Suppression
    holds: bool


@dataclass(frozen=True, slots=True)
class Additions:
    """What a change adds.

    `failing` are its open findings, worst first. `wishes` are findings that it asks to suppress; those that do not count yet
    are among `failing` too. `settled` are findings that the base suppresses, `known` those whose value the base holds already.
    `touched` are files of the change that decide how things are judged; they count after the merge.
    """

    failing: tuple[Finding, ...] = ()
    wishes: tuple[Wish, ...] = ()
    settled: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    touched: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def additions(  # noqa: PLR0913  what the judgement depends on, each by name
    findings: Iterable[Finding],
    *,
    floor: Confidence,
    base: Read,
    head: Read,
    ancestors: Callable[[str], Collection[str] | None],
    today: date,
    changed: Iterable[str] = (),
) -> Additions:
    """Judge the findings of a change that was audited with its base's settings.

    Args:
        findings: of the range, as the base's settings left them.
        floor: the least confidence that counts.
        base: reads a file of the base.
        head: reads a file of the head.
        ancestors: the commits that a commit reaches; None where it is unknown.
        today: for entries that expire.
        changed: paths that the change touches.
    """
    counting = [f for f in findings if f.confidence.rank >= floor.rank and f.severity is not Severity.INFO and f.rotated is None]
    old = {finding.fingerprint for finding in counting if finding.known or _old_file(finding, base)}
    known = tuple(finding for finding in counting if finding.fingerprint in old and finding.suppression is None)
    own = [finding for finding in counting if finding.fingerprint not in old]
    inline = [finding for finding in own if finding.suppression and not _from_file(finding.suppression)]
    settled = tuple(finding for finding in own if finding.suppression and _from_file(finding.suppression))
    still_open = [finding for finding in own if finding.suppression is None]
    wished, problems = _wished(still_open, head, ancestors, today)
    owned = _owned_paths(base)
    wishes = [_wish(finding, owned) for finding in (*wished, *inline)]
    refused = {wish.finding.fingerprint for wish in wishes if not wish.holds}
    granted = {wish.finding.fingerprint for wish in wishes if wish.holds}
    failing = [f for f in (*still_open, *inline) if f.fingerprint in refused or f.fingerprint not in granted]
    return Additions(
        failing=tuple(replace(f, suppression=None) for f in sorted(failing, key=_weight)),
        wishes=tuple(wishes),
        settled=settled,
        known=known,
        touched=tuple(sorted(path for path in changed if path in _WATCHED or path.startswith(_WORKFLOWS))),
        problems=problems,
    )


def only_passing(finding: Finding) -> bool:
    """Tell whether the end of the change no longer holds it: an earlier commit brought it and a later one took it out."""
    return _NOW.isdisjoint(finding.exposure)


def _old_file(finding: Finding, base: Read) -> bool:
    """Tell whether a finding is a file by its name, and the base holds that file already."""
    if finding.category is not Category.RISKY_FILE:
        return False
    return all(place.path is not None and base(place.path) is not None for place in finding.locations)


def _from_file(suppression: Suppression) -> bool:
    return suppression.source in _WATCHED


def _wished(
    findings: Sequence[Finding], head: Read, ancestors: Callable[[str], Collection[str] | None], today: date
) -> tuple[list[Finding], tuple[str, ...]]:
    """Return the findings that the head's own files would suppress, marked so."""
    marked = apply_baselines(findings, read_baselines(head))
    problems: tuple[str, ...] = ()
    try:
        book = load_book(find_book(head))
    except ConfigurationError as error:
        problems = (f"The change's own openness file is not valid, so nothing of it counts: {error.message}",)
    else:
        marked = apply_openness(marked, book, today=today, ancestors=ancestors)
    return [finding for finding in marked if finding.suppression is not None], problems


def _wish(finding: Finding, owned: Callable[[str], bool]) -> Wish:
    suppression = finding.suppression
    if suppression is None:
        msg = "a wish names what it asks for"
        raise ValueError(msg)
    inline = not _from_file(suppression)
    files = [place.path for place in finding.locations if place.path] if inline else [suppression.source]
    mild = finding.severity.rank <= Severity.MEDIUM.rank
    return Wish(finding, suppression, holds=mild and bool(files) and all(owned(file) for file in files))


def _owned_paths(base: Read) -> Callable[[str], bool]:
    """Return a test whether the base's CODEOWNERS gives a path an owner; the last line that matches decides."""
    content = next((data for path in OWNER_PLACES if (data := base(path)) is not None), None)
    rules: Sequence[Rule] = parse_owners("", content.decode("utf-8", "replace")).rules if content is not None else ()

    def owned(path: str) -> bool:
        last = next((rule for rule in reversed(rules) if _covers(rule.pattern, path)), None)
        return last is not None and bool(last.owners)

    return owned


def _covers(pattern: str, path: str) -> bool:
    """Match a CODEOWNERS pattern: as gitignore does, but `docs/*` means the files of that folder only."""
    deeper = pattern.endswith("/*") and path.count("/") > pattern.lstrip("/").count("/")
    return not deeper and matches(path, (pattern,))


def _weight(finding: Finding) -> tuple[int, int, str, str]:
    return (-finding.severity.rank, -finding.confidence.rank, finding.rule_id, finding.fingerprint)
