"""Sample reports, built by hand: what the renderers are tested with, without any scan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from auditor.model.check import Attested, CheckInfo, CheckResult, Evidence, Method, Outcome, Source
from auditor.model.coverage import Coverage, GapKind, Skipped
from auditor.model.finding import Finding, Location, Suppression
from auditor.model.levels import Confidence, Effort, Exposure, Grade, Severity
from auditor.model.report import Attestation, AuditReport, Target, Tool
from auditor.model.rule import Category, Remediation
from auditor.model.verdict import Blocker, BlockerKind, Decision, Route, Verdict

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HEAD = "3f2a9c41d07be6583f2a9c41d07be6583f2a9c41"

OPEN_OR_CLOSED = Source(
    "When code should be open or closed",
    "Keys and credentials",
    "2017-09-27",
    "https://www.gov.uk/government/publications/open-source-guidance/when-code-should-be-open-or-closed",
)
GDS_WAY = Source(
    "The GDS Way", "How to store source code", "", "https://gds-way.digital.cabinet-office.gov.uk/standards/source-code/"
)
AI_OPEN = Source(
    "AI, open code and vulnerability risk in the public sector",
    "Meet a minimum standard",
    "2026-05-14",
    "https://www.gov.uk/guidance/ai-open-code-and-vulnerability-risk-in-the-public-sector",
)

NEW_KEY = Remediation(
    "Replace the key, then record that it was replaced.",
    (
        "Make a new access key in the console of the account.",
        "Put it where the service reads its secrets.",
        "Delete the old key.",
        "Look at what the old key was used for.",
    ),
    revoke_url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    owner_hint="whoever runs the cloud account",
)


def tool() -> Tool:
    return Tool(
        "auditor", "1.0.0", 214, "sha256:" + "ab12" * 16, "gds", "Government Digital Service", (("min_confidence", "medium"),)
    )


def target(name: str = "benefit-checker") -> Target:
    return Target(
        name=name,
        kind="repository",
        path=f"/srv/repositories/{name}",
        head=HEAD,
        branch="main",
        remote=f"https://github.com/example-department/{name}",
        first_commit=datetime(2019, 3, 4, 10, 0, tzinfo=UTC),
        last_commit=datetime(2026, 11, 20, 16, 45, tzinfo=UTC),
        authors=14,
    )


def coverage(*skipped: Skipped) -> Coverage:
    return Coverage(refs=412, commits=3890, blobs=21_407, bytes=187_340_112, files=618, skipped=skipped)


def check(  # noqa: PLR0913  a builder of tests
    check_id: str,
    title: str,
    outcome: Outcome,
    *,
    group: str,
    grade: Grade = Grade.MUST,
    evidence: tuple[Evidence, ...] = (),
    reason: str = "",
    method: Method = Method.OFFLINE,
    attested: Attested | None = None,
) -> CheckResult:
    info = CheckInfo(
        id=check_id,
        title=title,
        question=f"{title}?",
        why="People who use the code need to know it.",
        remediation="Add what is missing to the repository.",
        effort=Effort.MINUTES,
        who="developer",
        grade=grade,
        method=method,
        sources=(GDS_WAY,),
        group=group,
    )
    return CheckResult(info, outcome, evidence, reason, grade, attested)


def checks() -> tuple[CheckResult, ...]:
    return (
        check(
            "LIC-01",
            "A licence file is at the top",
            Outcome.PASS,
            group="licence",
            grade=Grade.BLOCKER,
            evidence=(Evidence("LICENCE holds the whole MIT text", path="LICENCE", line=1),),
        ),
        check(
            "LIC-04",
            "The copyright owner is named",
            Outcome.PASS,
            group="licence",
            evidence=(Evidence("Crown Copyright (Example Department)", path="LICENCE", line=3),),
        ),
        check(
            "DOC-01",
            "A README says what this is",
            Outcome.PASS,
            group="documents",
            evidence=(Evidence("214 lines, 9 headings", path="README.md"),),
        ),
        check(
            "OWN-01",
            "A named owner",
            Outcome.PASS,
            group="ownership",
            evidence=(Evidence("3 owners", path=".github/CODEOWNERS", count=3),),
        ),
        check(
            "CLS-03",
            "No unreleased policy",
            Outcome.ATTESTED,
            group="closed_code",
            grade=Grade.BLOCKER,
            method=Method.HUMAN,
            attested=Attested(
                "Product manager",
                date(2026, 11, 1),
                date(2027, 5, 1),
                "All policy in this code was announced on 4 March 2026.",
                commit=HEAD,
            ),
        ),
        check(
            "DIS-01",
            "A security contact",
            Outcome.PASS,
            group="disclosure",
            evidence=(Evidence("SECURITY.md names an address", path="SECURITY.md", line=5),),
        ),
        check(
            "SUP-01",
            "Lock files",
            Outcome.PASS,
            group="supply_chain",
            grade=Grade.SHOULD,
            evidence=(Evidence("package-lock.json", path="package-lock.json"),),
        ),
        check(
            "DOC-04",
            "A change log",
            Outcome.FAIL,
            group="documents",
            grade=Grade.SHOULD,
            evidence=(Evidence("no CHANGELOG at the top"),),
        ),
        check(
            "PRO-02",
            "Secret scanning on the forge",
            Outcome.NOT_CHECKED,
            group="protection",
            method=Method.API,
            reason="The forge was not asked; run auditor scan --github to ask it.",
        ),
        check(
            "SRV-01",
            "Accessibility statement",
            Outcome.NOT_APPLICABLE,
            group="service",
            grade=Grade.SHOULD,
            reason="The repository ships no website.",
        ),
    )


def caution_forge() -> Blocker:
    return Blocker(
        "PRO-02",
        BlockerKind.CHECK,
        "Secret scanning on the forge was not checked",
        (),
        "Only the forge can say whether it is switched on.",
        GDS_WAY,
        "Confirm on the forge that secret scanning and push protection are on.",
        Effort.MINUTES,
        Grade.SHOULD,
    )


def aws_finding() -> Finding:
    return Finding(
        fingerprint="3c9a41d07be65f2a",
        rule_id="aws-access-key",
        title="AWS access key",
        category=Category.SECRET,
        severity=Severity.CRITICAL,
        confidence=Confidence.HIGH,
        grade=Grade.BLOCKER,
        exposure=(Exposure.HEAD, Exposure.BRANCH_OR_TAG),
        locations=(
            Location(
                "config/deploy.yml",
                14,
                9,
                "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678",
                datetime(2023, 5, 2, 9, 0, tzinfo=UTC),
                exposure=Exposure.HEAD,
                oid="11" * 20,
            ),
            Location(
                "deploy/old.yml",
                3,
                1,
                "b1b2c3d4e5f60718293a4b5c6d7e8f9012345678",
                datetime(2021, 2, 14, 9, 0, tzinfo=UTC),
                exposure=Exposure.BRANCH_OR_TAG,
                oid="22" * 20,
                gone=datetime(2022, 8, 1, 9, 0, tzinfo=UTC),
            ),
        ),
        masked="AKIA**** (medium)",
        remediation=NEW_KEY,
        description="An access key opens the account's services to whoever holds it.",
        provider="Amazon Web Services",
        references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",),
        notes=("the format is that of an access key", "the word aws stands on the line before"),
        first_seen=datetime(2021, 2, 14, 9, 0, tzinfo=UTC),
    )


def nino_finding() -> Finding:
    return Finding(
        fingerprint="uk-nino:5e1f0a",
        rule_id="uk-national-insurance-number",
        title="National Insurance number",
        category=Category.PERSONAL_DATA,
        severity=Severity.HIGH,
        confidence=Confidence.MEDIUM,
        grade=Grade.BLOCKER,
        exposure=(Exposure.PULL_REQUEST_REF,),
        locations=(
            Location(
                "docs/cases.docx",
                None,
                None,
                "c1b2c3d4e5f60718293a4b5c6d7e8f9012345678",
                datetime(2024, 6, 3, 9, 0, tzinfo=UTC),
                container="word/document.xml",
                exposure=Exposure.PULL_REQUEST_REF,
                oid="33" * 20,
                gone=datetime(2024, 6, 4, 9, 0, tzinfo=UTC),
            ),
        ),
        masked="****",
        remediation=Remediation(
            "Replace the number by a made-up one that was never issued, and tell the data protection lead.",
            ("Tell the data protection lead.",),
        ),
        description="It identifies a person.",
        provider="HM Revenue and Customs",
        first_seen=datetime(2024, 6, 3, 9, 0, tzinfo=UTC),
        last_seen=datetime(2024, 6, 4, 9, 0, tzinfo=UTC),
    )


def suppressed_finding() -> Finding:
    return replace(
        aws_finding(),
        fingerprint="77aa41d07be65f2a",
        severity=Severity.LOW,
        suppression=Suppression("openness.yml", "test-data: the key of the provider's documentation", date(2027, 5, 20)),
        locations=(
            Location("spec/fixtures/aws.yml", 2, 1, HEAD, datetime(2025, 1, 2, tzinfo=UTC), exposure=Exposure.HEAD, oid="44" * 20),
        ),
        in_test_code=True,
        first_seen=datetime(2025, 1, 2, tzinfo=UTC),
    )


def local_finding() -> Finding:
    return replace(
        aws_finding(),
        fingerprint="88bb41d07be65f2a",
        title="Slack webhook",
        rule_id="slack-webhook",
        severity=Severity.HIGH,
        exposure=(Exposure.LOCAL_ONLY,),
        grade=Grade.INFO,
        masked="https://hooks.slack.example/**** (long)",
        locations=(
            Location(
                None,
                3,
                None,
                "d1b2c3d4e5f60718293a4b5c6d7e8f9012345678",
                datetime(2026, 10, 1, tzinfo=UTC),
                container="commit message",
                exposure=Exposure.LOCAL_ONLY,
            ),
        ),
        first_seen=datetime(2026, 10, 1, tzinfo=UTC),
    )


def blocker_aws() -> Blocker:
    return Blocker(
        "3c9a41d07be65f2a",
        BlockerKind.FINDING,
        "AWS access key",
        ("config/deploy.yml:14", "deploy/old.yml:3 (in history)"),
        "Anyone who clones the repository could use it.",
        OPEN_OR_CLOSED,
        "Replace the key, then record that it was replaced.",
        Effort.HOURS,
        Grade.BLOCKER,
        "auditor attest rotated 3c9a41d07be65f2a",
    )


def blocker_nino() -> Blocker:
    return Blocker(
        "uk-nino:5e1f0a",
        BlockerKind.FINDING,
        "National Insurance number",
        ("docs/cases.docx > word/document.xml",),
        "It identifies a person; GitHub publishes the ref of a pull request.",
        Source(
            "NHS open source policy", "Appendix B", "", "https://nhsengland.github.io/open-source-policy/open-source-policy.html"
        ),
        "Ask the forge to remove the ref, and tell the data protection lead.",
        Effort.DAYS,
        Grade.BLOCKER,
        "auditor accept uk-nino:5e1f0a --reason test-data",
    )


def due_fraud() -> Blocker:
    return Blocker(
        "CLS-01",
        BlockerKind.CHECK,
        "Does this code detect fraud?",
        ("app/risk_score.py", "app/sanctions.py"),
        "Fraud detection is one of three grounds to keep code closed.",
        replace(OPEN_OR_CLOSED, section="Fraud detection algorithms"),
        "Say whether these files detect fraud; if so, move them to a closed package.",
        Effort.HOURS,
        Grade.MUST,
        "auditor attest CLS-01 --answer none",
    )


def attestations() -> tuple[Attestation, ...]:
    return (
        Attestation(
            "CLS-03",
            "none",
            "All policy in this code was announced on 4 March 2026.",
            "Product manager",
            "2026-11-01",
            "2027-05-01",
            "valid",
            HEAD,
        ),
    )


def ready() -> AuditReport:
    """Nothing in the way."""
    route = Route(Decision.READY, cautions=(caution_forge(),))
    return AuditReport(
        target("rates-calculator"),
        tool(),
        NOW,
        (suppressed_finding(),),
        checks(),
        coverage(),
        Verdict(Decision.READY, "full_history", route, route, 1),
        attestations(),
    )


def not_yet() -> AuditReport:
    """Two blockers in the full history, one in a fresh one, a person to ask, opaque content."""
    opaque = Skipped(GapKind.OPAQUE, "archive", "encrypted", "55" * 20, "data/export.zip", in_tip=True)
    fraud = replace(due_fraud())
    full = Route(Decision.NOT_YET, (blocker_aws(), blocker_nino()), (caution_forge(),), (fraud,))
    fresh = Route(Decision.NOT_YET, (blocker_aws(),), (caution_forge(),), (fraud,))
    failing = check(
        "SUP-04",
        "Actions are pinned",
        Outcome.FAIL,
        group="supply_chain",
        evidence=(Evidence("actions/checkout@v4", path=".github/workflows/ci.yml", line=12),),
    )
    human = check(
        "CLS-01",
        "No fraud detection",
        Outcome.NOT_CHECKED,
        group="closed_code",
        method=Method.CANDIDATES,
        reason="A person has to answer.",
        evidence=(Evidence("risk_score", path="app/risk_score.py"),),
    )
    return AuditReport(
        target(),
        tool(),
        NOW,
        (aws_finding(), nino_finding(), local_finding(), suppressed_finding()),
        (*checks(), failing, human),
        coverage(opaque),
        Verdict(Decision.NOT_YET, "full_history", full, fresh, 0, "Replace 1 key, and 1 more answer."),
        attestations(),
    )


def cannot_tell() -> AuditReport:
    """A shallow clone."""
    gap = Skipped(GapKind.HISTORY, "commits", "the clone is shallow", HEAD)
    blocker = Blocker(
        "HIS-01",
        BlockerKind.COVERAGE,
        "Part of the history is missing",
        ("the clone is shallow",),
        "What was not read cannot be called clean.",
        None,
        "Fetch the whole history, then scan again.",
        Effort.MINUTES,
        Grade.BLOCKER,
        "git fetch --unshallow",
    )
    full = Route(Decision.CANNOT_TELL, (blocker, blocker_aws()))
    fresh = Route(Decision.NOT_YET, (blocker_aws(),))
    missing = check(
        "HIS-01",
        "The whole history is here",
        Outcome.FAIL,
        group="history",
        grade=Grade.BLOCKER,
        evidence=(Evidence("the clone is shallow"),),
    )
    return AuditReport(
        replace(target("case-notes"), remote=None),
        tool(),
        NOW,
        (aws_finding(),),
        (*checks(), missing),
        coverage(gap),
        Verdict(Decision.CANNOT_TELL, "full_history", full, fresh),
        warnings=("The clone is shallow.",),
    )


def many(count: int = 5000) -> AuditReport:
    """So many findings that a naive page would be of no use."""
    kinds = list(Category)
    severities = list(Severity)
    exposures = list(Exposure)
    found = tuple(
        replace(
            aws_finding(),
            fingerprint=f"{n:016x}",
            category=kinds[n % len(kinds)],
            severity=severities[n % len(severities)],
            grade=Grade.BLOCKER if n % 3 == 0 else Grade.SHOULD,
            exposure=(exposures[n % len(exposures)],),
            locations=(
                Location(
                    f"services/module_{n % 40}/settings_{n}.yml",
                    n % 300 + 1,
                    1,
                    f"{n:040x}",
                    NOW - timedelta(days=n % 2000),
                    exposure=exposures[n % len(exposures)],
                    oid=f"{n:040x}",
                ),
            ),
            first_seen=NOW - timedelta(days=n % 2000),
            last_seen=None if n % 2 else NOW - timedelta(days=n % 2000 // 2),
        )
        for n in range(count)
    )
    blockers = tuple(
        replace(blocker_aws(), id=finding.fingerprint, where=(f"{finding.first.path}:{finding.first.line}",))
        for finding in found
        if finding.grade is Grade.BLOCKER
    )
    full = Route(Decision.NOT_YET, blockers)
    return AuditReport(
        target("big-service"), tool(), NOW, found, checks(), coverage(), Verdict(Decision.NOT_YET, "full_history", full, full)
    )


HOSTILE = "<script>alert(1)</script>\u202etxt.exe\x1b[31m\x07{{ 7*7 }}{% raw %}</style>'\"&`|=cmd|' /C calc'!A0\n::error::x\u2028"


def hostile() -> AuditReport:
    """Names, messages and refs that attack whatever shows them."""
    path = "src/" + HOSTILE + "a" * 10_000 + "</script>end.py"
    first = replace(
        aws_finding(),
        title="AWS access key",
        masked="AKIA**** (medium)",
        locations=(
            Location(path, 14, 9, HEAD, NOW, container=HOSTILE, exposure=Exposure.HEAD, oid="66" * 20),
            Location("=1+1.csv", 1, 1, HEAD, NOW, exposure=Exposure.HEAD, oid="67" * 20),
            Location("caf\udce9/\ud800.txt", 1, 1, HEAD, NOW, exposure=Exposure.HEAD, oid="68" * 20),
        ),
        notes=(HOSTILE,),
        suppression=None,
    )
    second = replace(first, fingerprint='x" onmouseover="alert(1)', suppression=Suppression(HOSTILE, HOSTILE), rule_id=HOSTILE)
    blocker = replace(blocker_aws(), where=(path, HOSTILE), why=HOSTILE, title=HOSTILE, act=HOSTILE, remediation=HOSTILE)
    evil = replace(due_fraud(), source=Source(HOSTILE, HOSTILE, "", "javascript:alert(1)"))
    route = Route(Decision.NOT_YET, (blocker,), (), (evil,))
    bad = check("DOC-09", HOSTILE, Outcome.FAIL, group=HOSTILE, evidence=(Evidence(HOSTILE, path=path, line=1),), reason=HOSTILE)
    return AuditReport(
        replace(target(HOSTILE), path=HOSTILE, branch=HOSTILE, remote="javascript:alert(1)//"),
        tool(),
        NOW,
        (first, second),
        (*checks(), bad),
        coverage(Skipped(GapKind.OPAQUE, HOSTILE, HOSTILE, "", path, (HOSTILE,))),
        Verdict(Decision.NOT_YET, "full_history", route, route, nearest=HOSTILE),
        (Attestation("CLS-03", HOSTILE, HOSTILE, HOSTILE, "2026-11-01", "2027-05-01", "valid", HOSTILE),),
        (HOSTILE,),
    )


SAMPLES = {"ready": ready, "not-yet": not_yet, "cannot-tell": cannot_tell, "hostile": hostile}
