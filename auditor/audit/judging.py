"""From findings to a verdict: grades, checks, and a last look that no sentence of the report holds a value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditor.findings.names import blank
from auditor.model.blob import Blob, Origin
from auditor.model.levels import Confidence
from auditor.model.progress import NoProgress
from auditor.openness.grading import graded
from auditor.openness.registry import CheckContext
from auditor.openness.running import run_checks
from auditor.openness.shown import shown_attestations
from auditor.openness.verdict import decide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from auditor.audit.beside import Online
    from auditor.audit.requests import Requests
    from auditor.detection.engine import Engine
    from auditor.findings.names import Names
    from auditor.model.check import CheckResult
    from auditor.model.coverage import Coverage
    from auditor.model.finding import Finding, Span
    from auditor.model.report import Attestation
    from auditor.model.verdict import Verdict
    from auditor.model.view import RepositoryView
    from auditor.openness.route import TargetFacts


@dataclass(frozen=True, slots=True)
class Judged:
    """What the report says after the facts."""

    findings: tuple[Finding, ...]
    checks: tuple[CheckResult, ...]
    verdict: Verdict
    attestations: tuple[Attestation, ...]


def judge(  # noqa: PLR0913  what a judgement depends on, each by name
    view: RepositoryView,
    findings: tuple[Finding, ...],
    coverage: Coverage,
    requests: Requests,
    *,
    target: TargetFacts,
    today: date,
    engine: Engine,
    names: Names,
    online: Online,
) -> Judged:
    """Grade the findings, run the checks and decide."""
    findings = graded(findings, requests.policy)
    floor = requests.settings.min_confidence.rank
    counting = tuple(f for f in findings if f.confidence.rank >= floor)
    book, policy = requests.book, requests.policy
    context = CheckContext(view, counting, coverage, book, policy, today, org_defaults=online.defaults, forge=online.facts)
    checks = _without_values(run_checks(context), engine, names)
    verdict = decide(
        findings,
        checks,
        coverage,
        requests.book,
        requests.policy,
        target=target,
        today=today,
        min_confidence=requests.settings.min_confidence,
    )
    return Judged(findings, checks, verdict, shown_attestations(checks, context))


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Text of the report as content to scan."""

    texts: tuple[str, ...]

    def items(self) -> Iterator[Blob]:
        """Yield one piece of content for each sentence."""
        for number, text in enumerate(self.texts):
            data = text.encode("utf-8", "surrogateescape")
            yield Blob(f"text:{number}", len(data), data, Origin.COMMIT)

    def facts(self) -> object:
        """Note nothing."""
        return None


def _without_values(checks: tuple[CheckResult, ...], engine: Engine, names: Names) -> tuple[CheckResult, ...]:
    """Take out of evidence and reasons whatever our own rules would report in them.

    A check quotes lines, addresses and names of the repository; a careless one must not publish what it found.
    """
    texts = tuple(dict.fromkeys(text for result in checks for text in (result.reason, *_texts(result))))
    hits = engine.scan([_Sentences(texts)], NoProgress()).matches
    spans: dict[str, list[Span]] = {}
    for match in hits:
        if match.confidence is not Confidence.LOW and match.masked:
            spans.setdefault(texts[int(match.oid.partition(":")[2])], []).append(match.span)
    clean = {text: blank(text, where) for text, where in spans.items()}

    def cleaned(result: CheckResult) -> CheckResult:
        evidence = tuple(
            replace(item, text=clean.get(item.text, item.text), path=names(item.path) if item.path else item.path)
            for item in result.evidence
        )
        return replace(result, reason=clean.get(result.reason, result.reason), evidence=evidence)

    return tuple(cleaned(result) for result in checks)


def _texts(result: CheckResult) -> Iterable[str]:
    return (item.text for item in result.evidence)
