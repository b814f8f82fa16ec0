"""No sentence of the report holds a value: whatever our own rules would report in a text is starred out of it.

A check quotes lines and names of the repository, people paste secrets into reasons: neither may be published once more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from auditor.findings.names import blank
from auditor.model.blob import Blob, Origin
from auditor.model.levels import Confidence
from auditor.model.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from auditor.detection.engine import Engine
    from auditor.findings.names import Names
    from auditor.model.check import CheckResult
    from auditor.model.finding import Finding, Span
    from auditor.model.openness_file import OpennessFile

    Clean = Callable[[Iterable[str]], Mapping[str, str]]

_T = TypeVar("_T")
_SAID: Final = frozenset(
    [
        "statement",
        "evidence",
        "note",
        "reason",
        "role",
        "name",
        "scope",
        "attacker",
        "publication_adds",
        "path_to_harm",
        "plan_to_open",
        "owner_team",
        "organisation",
        "history_reason",
    ]
)
"""What people write in their own words in openness.yml."""


class Harmless(Protocol):
    """Remembers texts that were scanned before and hold nothing."""

    def harmless(self, texts: Collection[str]) -> Collection[str]:
        """Return those of the texts that hold nothing."""
        ...

    def note_harmless(self, texts: Iterable[str]) -> None:
        """Remember that these hold nothing."""
        ...


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts as content to scan."""

    texts: tuple[str, ...]

    def items(self) -> Iterator[Blob]:
        """Yield one piece of content for each sentence."""
        for number, text in enumerate(self.texts):
            data = text.encode("utf-8", "surrogateescape")
            yield Blob(f"text:{number}", len(data), data, Origin.COMMIT)

    def facts(self) -> object:
        """Note nothing."""
        return None


def discreet_answers(
    book: OpennessFile, findings: tuple[Finding, ...], clean_of: Clean
) -> tuple[OpennessFile, tuple[Finding, ...]]:
    """Star values out of what people wrote, and out of the reasons that findings took from there."""
    reasons = (finding.suppression.reason for finding in findings if finding.suppression)
    clean = clean_of((*_said(book), *reasons))
    if not clean:
        return book, findings

    def cleaned(finding: Finding) -> Finding:
        said = finding.suppression
        return replace(finding, suppression=replace(said, reason=clean.get(said.reason, said.reason))) if said else finding

    return _reworded(book, clean), tuple(cleaned(finding) for finding in findings)


def discreet_checks(checks: tuple[CheckResult, ...], clean_of: Clean, names: Names) -> tuple[CheckResult, ...]:
    """Star values out of evidence and reasons, and show names only as they may be shown."""
    clean = clean_of(text for result in checks for text in (result.reason, *(item.text for item in result.evidence)))

    def cleaned(result: CheckResult) -> CheckResult:
        evidence = tuple(
            replace(item, text=clean.get(item.text, item.text), path=names(item.path) if item.path else item.path)
            for item in result.evidence
        )
        return replace(result, reason=clean.get(result.reason, result.reason), evidence=evidence)

    return tuple(cleaned(result) for result in checks)


class Sentences:
    """Says of texts which of them hold a value, and how those may be shown."""

    def __init__(self, engine: Engine, memory: Harmless) -> None:
        """Take what scans, and what remembers texts that hold nothing."""
        self._engine = engine
        self._memory = memory

    def __call__(self, texts: Iterable[str]) -> Mapping[str, str]:
        """Return each text that holds a value, with the text that may be shown."""
        asked = dict.fromkeys(texts)
        harmless = self._memory.harmless(asked)
        known = tuple(text for text in asked if text not in harmless)
        if not known:
            return {}
        hits = self._engine.scan([_Texts(known)], NoProgress()).matches
        spans: dict[str, list[Span]] = {}
        for match in hits:
            if match.confidence is not Confidence.LOW and match.masked:
                spans.setdefault(known[int(match.oid.partition(":")[2])], []).append(match.span)
        self._memory.note_harmless(text for text in known if text not in spans)
        return {text: blank(text, where) for text, where in spans.items()}


def _said(entry: Any) -> Iterator[str]:  # noqa: ANN401  any record of the file, and its parts
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name in _SAID and isinstance(value, str):
            yield value
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part):
                yield from _said(part)


def _reworded(entry: _T, clean: Mapping[str, str]) -> _T:
    changes: dict[str, Any] = {}
    for field in fields(entry):  # type: ignore[arg-type]  # every record of the file is a dataclass
        value = getattr(entry, field.name)
        if field.name in _SAID and value in clean:
            changes[field.name] = clean[value]
        elif isinstance(value, tuple):
            changes[field.name] = tuple(_reworded(part, clean) if is_dataclass(part) else part for part in value)
        elif is_dataclass(value):
            changes[field.name] = _reworded(value, clean)
    return replace(entry, **changes)  # type: ignore[type-var]  # as above
