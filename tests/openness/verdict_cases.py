"""Small findings, results and answers, from which the tests of the verdict build their cases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from auditor.model.check import CheckInfo, CheckResult, Evidence, Method, Outcome, Source
from auditor.model.coverage import Coverage, GapKind, Skipped
from auditor.model.finding import Finding, Location, Suppression
from auditor.model.levels import Confidence, Effort, Exposure, Grade, Severity
from auditor.model.openness_file import ClosedSubset, OpennessFile, Person
from auditor.model.policy import Policy
from auditor.model.rule import Category, Remediation
from auditor.openness.route import TargetFacts
from auditor.openness.verdict import decide

if TYPE_CHECKING:
    from auditor.model.verdict import Verdict

TODAY = date(2026, 11, 23)
POLICY = Policy("gds", "GDS")


def finding(  # noqa: PLR0913  a case names only what it is about
    *exposures: Exposure,
    grade: Grade = Grade.BLOCKER,
    category: Category = Category.SECRET,
    severity: Severity = Severity.CRITICAL,
    confidence: Confidence = Confidence.HIGH,
    suppression: Suppression | None = None,
    rotated: date | None = None,
    in_test_code: bool = False,
    rule_id: str = "aws-access-key",
    path: str = "config/deploy.yml",
    number: int = 1,
) -> Finding:
    exposures = exposures or (Exposure.HEAD,)
    return Finding(
        fingerprint=f"val-{number:020x}",
        rule_id=rule_id,
        title="AWS access key",
        category=category,
        severity=severity,
        confidence=confidence,
        grade=grade,
        exposure=exposures,
        locations=tuple(Location(path, 3, exposure=exposure, commit="a" * 40) for exposure in exposures),
        masked="AKIA****",
        remediation=Remediation("Replace the key."),
        description="It opens the account.",
        provider="Amazon Web Services",
        suppression=suppression,
        rotated=rotated,
        in_test_code=in_test_code,
    )


def result(  # noqa: PLR0913  a case names only what it is about
    outcome: Outcome,
    grade: Grade = Grade.MUST,
    method: Method = Method.OFFLINE,
    *,
    check_id: str = "DIS-01",
    mirrors: bool = False,
    path: str | None = None,
) -> CheckResult:
    info = CheckInfo(
        id=check_id,
        title=f"Title of {check_id}",
        question="Is it?",
        why="Because.",
        remediation="Add a contact.",
        effort=Effort.MINUTES,
        who="developer",
        grade=grade,
        method=method,
        sources=(Source("Guidance"),),
        mirrors_findings=mirrors,
    )
    return CheckResult(info, outcome, (Evidence("seen", path=path),), grade=grade)


def gap(*, in_tip: bool = False) -> Skipped:
    return Skipped(GapKind.HISTORY, "commits", "the clone is shallow", "b" * 40, in_tip=in_tip)


def opaque(oid: str = "c" * 40, *, in_tip: bool = True) -> Skipped:
    return Skipped(GapKind.OPAQUE, "archive", "encrypted", oid, "data/export.zip", in_tip=in_tip)


def exception(*paths: str, review_by: date = date(2027, 5, 20)) -> ClosedSubset:
    return ClosedSubset(
        "fraud",
        paths or ("**",),
        "fraud-detection",
        Person("SRO"),
        date(2026, 11, 20),
        review_by,
        "a fraudster",
        "the limits",
        "stays below",
    )


def verdict(  # noqa: PLR0913  the things that a verdict depends on
    *findings: Finding,
    checks: tuple[CheckResult, ...] = (),
    skipped: tuple[Skipped, ...] = (),
    book: OpennessFile | None = None,
    bare: bool = False,
    kind: str = "repository",
    staged: bool = False,
    policy: Policy = POLICY,
) -> Verdict:
    return decide(
        findings,
        checks,
        Coverage(skipped=skipped),
        book or OpennessFile(),
        policy,
        target=TargetFacts(kind, bare, staged),
        today=TODAY,
    )
