"""From findings to a verdict: grades, checks, and a last look that no sentence of the report holds a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.audit.discretion import discreet_answers, discreet_checks
from auditor.openness.grading import graded
from auditor.openness.registry import CheckContext
from auditor.openness.shown import shown_attestations
from auditor.openness.verdict import decide

if TYPE_CHECKING:
    from datetime import date

    from auditor.audit.answers import Answers
    from auditor.audit.beside import Online
    from auditor.audit.discretion import Clean
    from auditor.audit.requests import Requests
    from auditor.findings.names import Names
    from auditor.model.check import CheckResult
    from auditor.model.coverage import Coverage
    from auditor.model.finding import Finding
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
    clean: Clean,
    names: Names,
    online: Online,
    answers: Answers,
) -> Judged:
    """Grade the findings, ask the checks and decide."""
    policy = requests.policy
    book, findings = discreet_answers(requests.book, graded(findings, policy), clean)
    floor = requests.settings.min_confidence.rank
    counting = tuple(f for f in findings if f.confidence.rank >= floor)
    context = CheckContext(view, counting, coverage, book, policy, today, org_defaults=online.defaults, forge=online.facts)
    checks = answers.run(context, lambda fresh: discreet_checks(fresh, clean, names))
    verdict = decide(
        findings,
        checks,
        coverage,
        book,
        policy,
        target=target,
        today=today,
        min_confidence=requests.settings.min_confidence,
    )
    return Judged(findings, checks, verdict, shown_attestations(checks, context))
