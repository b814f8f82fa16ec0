"""What a change adds, and which of its wishes count: by severity, by owner, by whose file it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from auditor.ci.changes import Additions, additions
from auditor.model.finding import Finding, Location, Suppression
from auditor.model.levels import Confidence, Exposure, Grade, Severity
from auditor.model.rule import Category, Remediation
from auditor.reports.public import for_public
from tests.samples import ready

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMIT = "c" * 40
FINGERPRINT = "val-" + "0a" * 10
BOOK = f"""\
schema: 1
findings_accepted:
  - fingerprint: {FINGERPRINT}
    reason: test-data
    by: {{role: developer}}
    expires: 2099-01-01
""".encode()


def finding(severity: Severity = Severity.CRITICAL, **changes: object) -> Finding:
    made = Finding(
        fingerprint=FINGERPRINT,
        rule_id="example-key",
        title="A key",
        category=Category.SECRET,
        severity=severity,
        confidence=Confidence.HIGH,
        grade=Grade.BLOCKER,
        exposure=(Exposure.HEAD,),
        locations=(Location("src/deploy.env", 1, commit=COMMIT, exposure=Exposure.HEAD),),
        masked="exa…",
        remediation=Remediation("Replace it.", ()),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def judged(*found: Finding, base: Mapping[str, bytes] | None = None, head: Mapping[str, bytes] | None = None) -> Additions:
    return additions(
        found,
        floor=Confidence.MEDIUM,
        base=(base or {}).get,
        head=(head or {}).get,
        ancestors=lambda _: frozenset({COMMIT}),
        today=date(2026, 11, 23),
        changed=(head or {}).keys(),
    )


MILD = (Severity.LOW, Severity.MEDIUM)
OWNED = {".github/CODEOWNERS": b"* @example/team\n"}


@pytest.mark.parametrize("severity", [level for level in Severity if level is not Severity.INFO])
@pytest.mark.parametrize("owned", [True, False])
def test_an_acceptance_of_the_change_counts_for_mild_findings_where_its_file_has_an_owner(severity: Severity, owned: bool) -> None:  # noqa: FBT001  a parameter of pytest
    added = judged(finding(severity), base=OWNED if owned else {}, head={"openness.yml": BOOK})
    counts = owned and severity in MILD
    assert [wish.holds for wish in added.wishes] == [counts]
    assert bool(added.failing) != counts
    assert added.touched == ("openness.yml",)


@pytest.mark.parametrize(
    ("owners", "owned"),
    [
        (b"* @example/team\n", True),
        (b"openness.yml @example/team\n", True),
        (b"/openness.yml team@example.org\n", True),
        (b"* @example/team\nopenness.yml\n", False),
        (b"docs/ @example/team\n", False),
        (b"# * @example/team\n", False),
        (b"* nobody\n", False),
    ],
)
def test_the_last_line_of_the_bases_codeowners_decides(owners: bytes, owned: bool) -> None:  # noqa: FBT001  a parameter of pytest
    added = judged(finding(Severity.MEDIUM), base={"CODEOWNERS": owners}, head={"openness.yml": BOOK})
    assert bool(added.failing) != owned


def test_owners_that_the_change_brings_itself_do_not_count() -> None:
    assert judged(finding(Severity.LOW), head={"openness.yml": BOOK, **OWNED}).failing


def test_an_inline_mark_needs_an_owner_of_the_file_it_stands_in() -> None:
    marked = finding(Severity.MEDIUM, suppression=Suppression("inline", "made up"))
    assert not judged(marked, base=OWNED).failing
    assert judged(marked, base={"CODEOWNERS": b"docs/ @example/team\n"}).failing
    critical = finding(suppression=Suppression("inline", "made up"))
    assert [item.suppression for item in judged(critical, base=OWNED).failing] == [None]


def test_what_the_base_settled_is_settled() -> None:
    settled = finding(suppression=Suppression("openness.yml", "false-positive"))
    added = judged(settled)
    assert (added.failing, added.wishes, added.settled) == ((), (), (settled,))


def test_what_the_base_holds_already_is_not_added() -> None:
    assert judged(finding(known=True)).failing == ()
    assert judged(finding(known=True)).known


def test_a_risky_file_that_the_base_holds_is_not_added() -> None:
    file = finding(category=Category.RISKY_FILE, masked="")
    assert judged(file, base={"src/deploy.env": b"A=1\n"}).failing == ()
    assert judged(file).failing == (file,)


def test_low_confidence_information_and_rotated_values_do_not_fail() -> None:
    harmless = (
        finding(confidence=Confidence.LOW),
        finding(Severity.INFO),
        finding(rotated=date(2026, 1, 1)),
    )
    assert judged(*harmless).failing == ()


def test_the_worst_comes_first() -> None:
    low, high = finding(Severity.LOW, fingerprint="val-1"), finding(Severity.HIGH, fingerprint="val-2")
    assert judged(low, high).failing == (high, low)


def test_a_broken_openness_file_of_the_change_is_a_sentence() -> None:
    added = judged(finding(Severity.LOW), base=OWNED, head={"openness.yml": b"["})
    assert added.failing
    assert "not valid" in added.problems[0]


def test_a_public_report_does_not_lead_to_what_only_history_holds() -> None:
    hidden = finding(
        exposure=(Exposure.BRANCH_OR_TAG,),
        locations=(Location("old/key.env", 3, commit=COMMIT, exposure=Exposure.BRANCH_OR_TAG, oid="d" * 40),),
    )
    shown = for_public(replace(ready(), findings=(hidden, finding(fingerprint="val-2"))))
    text = repr(shown)
    assert "old/key.env" not in text
    assert COMMIT not in repr(shown.findings[0])
    assert FINGERPRINT not in text
    assert shown.findings[0].rule_id == "example-key"
    assert shown.findings[1].first.path == "src/deploy.env"


def test_a_rotated_value_may_be_shown() -> None:
    rotated = finding(exposure=(Exposure.BRANCH_OR_TAG,), rotated=date(2026, 1, 1))
    assert for_public(replace(ready(), findings=(rotated,))).findings == (rotated,)
