from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from auditor.audit import audit
from auditor.cli.app import app
from auditor.config import Settings
from auditor.errors import UsageError
from auditor.model.check import Outcome
from auditor.model.levels import Exposure
from auditor.model.verdict import Decision
from auditor.reports.formats import render
from auditor.reports.read import read_report
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

    from auditor.model.report import AuditReport
    from tests.cli.conftest import Ground

# What no rule of ours takes for a secret, and what another tool may know to be one.
INTERNAL = "dept-9f2c41aa¦07be65e1".replace("¦", "")


def leak(path: str, line: int, commit: str = "", value: str = INTERNAL) -> dict[str, Any]:
    return {"RuleID": "department-token", "File": path, "StartLine": line, "EndLine": line, "Commit": commit, "Secret": value}


@pytest.fixture
def service(tmp_path: Path) -> GitRepo:
    repo = GitRepo.create(tmp_path / "service")
    repo.commit({"app.py": f"a = 1\nlabel = '{INTERNAL}'\n", "README.md": "A service.\n"}, "One")
    return repo


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def scan(repo: GitRepo, tmp_path: Path, *found: dict[str, Any]) -> AuditReport:
    path = tmp_path / "leaks.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    return audit(repo.path, Settings(workers=1, cache=False, imports=(path,)))


def test_what_only_another_tool_knows_blocks_like_our_own(service: GitRepo, tmp_path: Path) -> None:
    assert not scan(service, tmp_path).findings
    report = scan(service, tmp_path, leak("app.py", 2, service.git("rev-parse", "HEAD").strip()))
    (finding,) = report.findings
    assert (finding.rule_id, finding.origin_tool) == ("gitleaks:department-token", "gitleaks")
    assert finding.exposure == (Exposure.HEAD,)
    assert finding.first_seen is not None
    assert report.verdict.decision is Decision.NOT_YET
    assert finding.fingerprint in {blocker.id for blocker in report.verdict.route.blockers}
    assert next(check for check in report.checks if check.check_id == "SEC-01").outcome is Outcome.FAIL
    for form in ("json", "html", "sarif", "csv", "terminal", "markdown"):
        assert INTERNAL not in render(form, report)


def test_what_the_current_file_no_longer_holds_is_history(service: GitRepo, tmp_path: Path) -> None:
    first = service.git("rev-parse", "HEAD").strip()
    service.commit({"app.py": "a = 1\n"}, "Two")
    report = scan(service, tmp_path, leak("app.py", 2, first), leak("not/here.py", 1))
    (finding,) = report.findings
    assert finding.exposure == (Exposure.BRANCH_OR_TAG,)
    assert "1 imported finding is about a file that this repository does not hold, and left out." in report.warnings


def test_the_same_place_is_one_finding_of_both(ground: Ground, tmp_path: Path) -> None:
    ours = ground.aws()[0]
    place = ours.first
    entry = leak(place.path or "", place.line or 0, place.commit or "", "unimportant")
    path = tmp_path / "leaks.json"
    path.write_text(json.dumps([entry]), encoding="utf-8")
    report = audit(ground.repo.path, Settings(workers=1, imports=(path,)))
    joined = next(finding for finding in report.findings if finding.fingerprint == ours.fingerprint)
    assert joined.origin_tool == "auditor, gitleaks"
    assert len(report.findings) == len(ground.scan().findings)


def test_a_stored_report_is_joined_and_judged_again(service: GitRepo, tmp_path: Path) -> None:
    stored = tmp_path / "report.json"
    before = scan(service, tmp_path)
    stored.write_text(render("json", before), encoding="utf-8")
    assert next(check for check in before.checks if check.check_id == "SEC-01").outcome is Outcome.PASS
    leaks = tmp_path / "leaks.json"
    leaks.write_text(json.dumps([leak("app.py", 2, "a" * 40)]), encoding="utf-8")
    result = run("import", str(leaks), "--into", str(stored), "--output", str(tmp_path / "joined.json"))
    assert (result.exit_code, "Not ready" in result.stdout) == (1, True)
    assert read_report(stored.read_text(encoding="utf-8")).findings == ()
    joined = read_report((tmp_path / "joined.json").read_text(encoding="utf-8"))
    assert [finding.rule_id for finding in joined.findings] == ["gitleaks:department-token"]
    assert joined.verdict.decision is Decision.NOT_YET
    assert next(check for check in joined.checks if check.check_id == "SEC-01").outcome is Outcome.FAIL
    run("import", str(leaks), "--into", str(stored))
    again = read_report(stored.read_text(encoding="utf-8"))
    assert again.findings == joined.findings
    run("import", str(leaks), "--into", str(stored))
    assert [f.fingerprint for f in read_report(stored.read_text(encoding="utf-8")).findings] == [joined.findings[0].fingerprint]
    assert INTERNAL not in stored.read_text(encoding="utf-8")


def test_people_answer_for_it_as_for_our_own(service: GitRepo, tmp_path: Path) -> None:
    entry = leak("app.py", 2, service.git("rev-parse", "HEAD").strip())
    (finding,) = scan(service, tmp_path, entry).findings
    where = ["--until", "2099-01-01", "--role", "Developer", "--repo", str(service.path), "--yes"]
    result = run("accept", finding.fingerprint, "--reason", "test-data", *where)
    assert result.exit_code == 0, result.output
    (accepted,) = scan(service, tmp_path, entry).findings
    assert accepted.suppression is not None
    assert "test-data" in accepted.suppression.reason


def test_a_file_of_no_tool_stops_the_scan_before_it_begins(service: GitRepo, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(f"Look: {INTERNAL}", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        audit(service.path, Settings(workers=1, imports=(tmp_path / "notes.txt",)))
    assert INTERNAL not in str(caught.value)
