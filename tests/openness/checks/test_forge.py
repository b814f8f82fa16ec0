"""The checks that the forge's answers decide: each passes, fails, and says with which permission it would see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from auditor.model.check import Outcome
from auditor.model.finding import Location
from auditor.model.forge import (
    Actions,
    AlertPlace,
    CodeAlert,
    CodeScanning,
    Community,
    DependencyAlert,
    DeployKey,
    ForgeFacts,
    Guard,
    Hidden,
    Hook,
    OwnersError,
    Protection,
    Runs,
    Scanning,
    SecondFactor,
    SecretAlert,
    Settings,
    Updates,
)
from auditor.model.levels import Grade
from auditor.model.organisation import Visibility
from auditor.openness.reading.alerts import compare
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask

NAME = "example-department/service"
UNSEEN = Hidden("the token may not see it", "“Administration: read”")
SETTINGS = Settings(
    NAME,
    Visibility.PRIVATE,
    owned_by_organisation=True,
    description="Checks",
    topics=("benefits",),
    issues=True,
    default_branch="main",
)
REVIEWED = Guard("ruleset 1", reviews=1, dismiss_stale=True, blocks_force_push=True)
LONG_AGO, NOW = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
OLD = DependencyAlert(1, "high", "django", "pip", "requirements.txt", LONG_AGO, fix_known=True)
WORKFLOW = {".github/workflows/a.yml": "on: push\njobs:\n  a:\n    steps:\n    - run: echo ${{ secrets.USED }}\n"}
CODEOWNERS = {"CODEOWNERS": "* @example-department/team\n"}
ALERT = SecretAlert(7, "aws_access_key_id", "Amazon AWS Access Key ID", places=(AlertPlace("commit", "other.txt", 9, "e" * 40),))
KEY = DeployKey("deploy", read_only=True)
HOOK = Hook("hooks.example.org", active=True, events=("push",), signed=True)


def changed(**values: Any) -> dict[str, Any]:  # noqa: ANN401  fields of Settings
    return {"settings": replace(SETTINGS, **values)}


def guards(*found: Guard, unseen: Hidden | None = None) -> dict[str, Any]:
    return {"protection": Protection(found, unseen), "settings": SETTINGS}


PASS, FAIL, ASK, NONE = Outcome.PASS, Outcome.FAIL, Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE
CASES: list[tuple[str, dict[str, Any], Mapping[str, str], Outcome, str]] = [
    ("MET-05", changed(), {}, PASS, "1 topic"),
    ("MET-05", changed(topics=()), {}, FAIL, "no topics"),
    ("MET-05", changed(topics=(), description=""), {}, FAIL, "no description and no topics"),
    ("DOC-05", changed(), {}, PASS, "issues are turned on"),
    ("DOC-05", changed(issues=False, discussions=True), {}, PASS, "discussions"),
    ("DOC-05", changed(issues=False), {}, FAIL, "turned off"),
    ("DOC-03", changed(archived=True), {}, FAIL, "archived without a word"),
    ("DOC-03", changed(archived=True), {"README.md": "# A\n\nRetired in 2025.\n"}, PASS, "Retired"),
    ("OWN-04", changed(), {}, PASS, "of an organisation"),
    ("OWN-04", changed(owned_by_organisation=False), {}, FAIL, "of a person"),
    ("OWN-01", {"owners_errors": (OwnersError("CODEOWNERS", 3, "Unknown owner", ""),)}, CODEOWNERS, FAIL, "unknown owner"),
    ("OWN-01", {"owners_errors": ()}, CODEOWNERS, PASS, "@example-department/team"),
    (
        "OWN-03",
        {"community": Community(80, (("code_of_conduct_file", "https://example.org/x"),))},
        {},
        PASS,
        "the forge counts one",
    ),
    ("OWN-03", {"community": Community(20)}, {}, FAIL, "no CODE_OF_CONDUCT"),
    ("PRO-02", {"scanning": Scanning(alerts=True, push_protection=True)}, {}, PASS, "are on"),
    ("PRO-02", {"scanning": Scanning(alerts=True, push_protection=False)}, {}, FAIL, "push protection is off"),
    ("PRO-03", guards(REVIEWED), {}, PASS, "1 review, no force pushes (ruleset 1)"),
    ("PRO-03", guards(replace(REVIEWED, reviews=0), Guard("b", reviews=2)), {}, PASS, "2 reviews"),
    ("PRO-03", guards(replace(REVIEWED, bypass=None)), {}, PASS, "who may go past it was not visible"),
    ("PRO-03", guards(), {}, FAIL, "no review is required"),
    ("PRO-03", guards(replace(REVIEWED, blocks_force_push=False)), {}, FAIL, "force pushes are possible"),
    ("PRO-03", guards(replace(REVIEWED, bypass=("administrators",))), {}, FAIL, "may go past the review: administrators"),
    ("PRO-03", guards(replace(REVIEWED, dismiss_stale=False)), {}, FAIL, "approval stays"),
    (
        "PRO-03",
        {**guards(REVIEWED), "actions": Actions(enabled=True, approves_pull_requests=True)},
        {},
        FAIL,
        "workflows may approve",
    ),
    ("PRO-03", guards(unseen=UNSEEN), {}, ASK, "Administration: read"),
    ("PRO-03", {**guards(), **changed(archived=True)}, {}, NONE, "archived"),
    ("PRO-04", {"code_scanning": CodeScanning(used=True)}, {}, PASS, "no serious alert"),
    ("PRO-04", {"code_scanning": CodeScanning(used=False)}, {}, FAIL, "nothing was ever analysed"),
    (
        "PRO-04",
        {"code_scanning": CodeScanning(used=True, alerts=(CodeAlert(1, "high", "js/x", "CodeQL", "a.js", 4),))},
        {},
        FAIL,
        "js/x",
    ),
    ("PRO-05", {**changed(), "second_factor": SecondFactor(required=True, members_without=0)}, {}, PASS, "demands it"),
    ("PRO-05", {**changed(), "second_factor": SecondFactor(required=False, members_without=UNSEEN)}, {}, FAIL, "does not demand"),
    ("PRO-05", {**changed(), "second_factor": SecondFactor(required=UNSEEN, members_without=2)}, {}, FAIL, "2 members without"),
    ("PRO-05", changed(owned_by_organisation=False), {}, NONE, "person"),
    ("PRO-06", guards(Guard("x", signatures=True)), {}, PASS, "signed commits only"),
    ("DIS-03", {"private_reporting": True, **changed(visibility=Visibility.PUBLIC)}, {}, PASS, "is on"),
    ("DIS-03", {"private_reporting": False, **changed(visibility=Visibility.PUBLIC)}, {}, FAIL, "is off"),
    ("DIS-03", {"private_reporting": False, **changed()}, {}, ASK, "when this one becomes public"),
    ("SUP-02", {"updates": Updates(alerts=True, fixes=True)}, WORKFLOW, PASS, "security updates"),
    ("SUP-02", {"updates": Updates(alerts=False, fixes=False)}, WORKFLOW, FAIL, "off on the forge"),
    ("SUP-03", {"dependency_alerts": ()}, {}, PASS, "14 days"),
    ("SUP-03", {"dependency_alerts": (OLD,)}, {}, FAIL, "high: django (pip), open since 2026-09-01"),
    ("SUP-03", {"dependency_alerts": (replace(OLD, created=NOW), replace(OLD, fix_known=False))}, {}, PASS, "2 others younger"),
    ("SUP-03", {"dependency_alerts": (), "updates": Updates(alerts=False, fixes=False)}, {}, FAIL, "alerts are off"),
    ("SUP-05", {"actions": Actions(enabled=True, token_writes=False)}, WORKFLOW, PASS, "only reads"),
    ("SUP-05", {"actions": Actions(enabled=True, token_writes=True)}, WORKFLOW, FAIL, "sets no permissions"),
    ("SUP-05", {"actions": Actions(enabled=True, token_writes=UNSEEN)}, WORKFLOW, FAIL, "sets no permissions"),
    ("SUP-08", {"own_runners": ()}, WORKFLOW, PASS, "hosted runners"),
    ("SUP-08", {"own_runners": ("build-7",)}, WORKFLOW, FAIL, "build-7 is registered"),
    ("SUP-09", {"runs": Runs(0), **changed()}, WORKFLOW, PASS, "no workflow run"),
    ("SUP-09", {"runs": Runs(1203, 4), **changed()}, {}, FAIL, "1,203 workflow runs"),
    ("SUP-09", {"runs": Runs(5), **changed(visibility=Visibility.PUBLIC)}, {}, NONE, "is public"),
    ("SEC-12", {"secret_alerts": (), "generic_alerts": ()}, {}, PASS, "no open alert"),
    ("SEC-12", {"secret_alerts": (), "generic_alerts": UNSEEN}, {}, ASK, "Administration: read"),
    ("SEC-12", {"secret_alerts": (), "generic_alerts": (ALERT,)}, {}, FAIL, "only by the forge: 1"),
    ("SEC-12", {"secret_alerts": (ALERT,), "generic_alerts": UNSEEN}, {}, FAIL, "only by the forge: 1"),
    ("SEC-12", {"secret_alerts": (ALERT,)}, {}, FAIL, "only by the forge: 1"),
    ("SEC-12", {"secret_alerts": (replace(ALERT, places=UNSEEN),)}, {}, FAIL, "its place was not shown"),
    (
        "SEC-12",
        {"secret_alerts": (replace(ALERT, validity="active", publicly_leaked=True, bypassed=True),)},
        {},
        FAIL,
        "not found here; its provider says that it is live; seen in public elsewhere; push protection was bypassed for it",
    ),
    ("SEC-13", {"deploy_keys": (), "hooks": (), "stored_secrets": (), "dependabot_secrets": ()}, {}, PASS, "no deploy keys"),
    (
        "SEC-13",
        {"deploy_keys": (KEY,), "hooks": (HOOK,), "stored_secrets": ("USED",), "dependabot_secrets": ("X",)},
        WORKFLOW,
        PASS,
        "can only read",
    ),
    ("SEC-13", {"deploy_keys": (replace(KEY, read_only=False),)}, {}, FAIL, "“deploy” can write"),
    (
        "SEC-13",
        {"hooks": (replace(HOOK, signed=False, verifies_tls=False),)},
        {},
        FAIL,
        "without checking its certificate and without",
    ),
    ("SEC-13", {"stored_secrets": ("UNUSED",)}, WORKFLOW, FAIL, "UNUSED is used by no workflow"),
]


@pytest.mark.parametrize(("check", "told", "files", "outcome", "words"), CASES)
def test_what_the_forge_tells_decides(  # noqa: PLR0913, PLR0917  a row of the table
    ask: Ask, check: str, told: dict[str, Any], files: Mapping[str, str], outcome: Outcome, words: str
) -> None:
    answer = ask(check, {"a": "b", **files}, forge=ForgeFacts(NAME, "https://github.example/x", **told))
    assert answer.outcome is outcome, answer
    assert words in "\n".join([answer.reason, *(item.text for item in answer.evidence)])


FIELDS = {
    "MET-05": "settings",
    "DOC-05": "settings",
    "OWN-04": "settings",
    "PRO-02": "scanning",
    "PRO-03": "protection",
    "PRO-04": "code_scanning",
    "PRO-05": "second_factor",
    "DIS-03": "private_reporting",
    "SUP-03": "dependency_alerts",
    "SUP-09": "runs",
    "SEC-12": "secret_alerts",
    "SEC-13": "deploy_keys",
}


@pytest.mark.parametrize("check", FIELDS)
def test_what_is_not_visible_is_not_checked_and_the_permission_is_named(ask: Ask, check: str) -> None:
    told: dict[str, Any] = {"settings": replace(SETTINGS, visibility=Visibility.PUBLIC)}
    facts = ForgeFacts(NAME, "https://github.example/x", **{**told, FIELDS[check]: UNSEEN})
    answer = ask(check, {"a": "b", **WORKFLOW}, forge=facts)
    assert answer.outcome is Outcome.NOT_CHECKED
    assert "Administration: read" in answer.reason


def test_less_than_all_of_the_protection_weighs_less(ask: Ask) -> None:
    facts = ForgeFacts(NAME, "x", **guards(replace(REVIEWED, bypass=("administrators",))))
    assert ask("PRO-03", {"a": "b"}, forge=facts).grade is Grade.SHOULD
    assert ask("PRO-03", {"a": "b"}, forge=ForgeFacts(NAME, "x", **guards())).grade is None


def test_the_days_of_an_alert_are_counted_to_the_day_of_the_audit(ask: Ask) -> None:
    facts = ForgeFacts(NAME, "x", dependency_alerts=(OLD,))
    assert ask("SUP-03", {"a": "b"}, forge=facts, today=date(2026, 9, 15)).outcome is Outcome.PASS
    assert ask("SUP-03", {"a": "b"}, forge=facts, today=date(2026, 9, 16)).outcome is Outcome.FAIL


def test_the_forges_alerts_and_our_findings_are_held_against_each_other_by_place() -> None:
    same = replace(finding(number=1), locations=(Location("a.py", 3, commit="a" * 40, oid="e" * 40),))
    beside = replace(finding(number=2, rule_id="generic-password"), provider="", title="A password", locations=same.locations)
    elsewhere = replace(finding(number=3), locations=(Location("b.py", 3, commit="a" * 40, oid="f" * 40),))
    issue = replace(finding(number=4), locations=(Location("issues/12", 1),))
    comment = replace(finding(number=5), locations=(Location("pull/7/lines/99", 1),))
    alerts = (
        replace(ALERT, number=1, places=(AlertPlace("commit", "renamed.py", 3, "e" * 40),)),
        replace(ALERT, number=2, places=(AlertPlace("commit", "b.py", 4, "f" * 40),)),
        replace(ALERT, number=3, places=(AlertPlace("issue_body", page="https://api.github.example/repos/o/r/issues/12"),)),
        replace(ALERT, number=4, places=(AlertPlace("x", page="https://api.github.example/repos/o/r/pulls/comments/99"),)),
        replace(ALERT, number=5, places=UNSEEN),
    )
    seen = compare(alerts, (same, beside, elsewhere, issue, comment))
    assert [(alert.number, found.fingerprint) for alert, found in seen.both] == [
        (1, same.fingerprint),
        (3, issue.fingerprint),
        (4, comment.fingerprint),
    ]
    assert [alert.number for alert in seen.only_theirs] == [2, 5]
    assert seen.only_ours == (elsewhere,)


def test_the_comparison_is_in_the_report_without_values(ask: Ask) -> None:
    ours = replace(finding(number=1), locations=(Location("other.txt", 9, commit="a" * 40, oid="e" * 40),))
    answer = ask("SEC-12", {"a": "b"}, findings=(ours, finding(number=2)), forge=ForgeFacts(NAME, "x", secret_alerts=(ALERT,)))
    assert answer.evidence[0].text == "seen by both: 1; only by the forge: 0; only by this tool: 1 finding"
    assert answer.evidence[1].text == "alert 7: Amazon AWS Access Key ID; found here too, as “AWS access key”"
    assert (answer.evidence[1].path, answer.evidence[1].line) == ("other.txt", 9)
