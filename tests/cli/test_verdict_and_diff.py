"""`auditor verdict` and `auditor diff`: what can be said from stored reports alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from auditor.cli.app import app
from auditor.errors import UsageError
from auditor.reports.formats import render

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Ground, Run

TODAY = datetime.now(UTC).date()
LATER = (TODAY + timedelta(days=30)).isoformat()


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def stored(ground: Ground, path: Path) -> str:
    path.write_text(render("json", ground.scan()), encoding="utf-8")
    return str(path)


def test_changes_and_the_verdict_of_a_later_day(ground: Ground, run: Run, tmp_path: Path) -> None:
    old = stored(ground, tmp_path / "old.json")
    first, second = ground.aws()
    run("accept", first.fingerprint, "--reason", "test-data", "--until", LATER, "--role", "lead", "--yes")
    new = stored(ground, tmp_path / "new.json")

    text = call("diff", old, new)
    assert text.exit_code == 1
    assert first.fingerprint in text.stdout.partition("Fixed")[2]
    assert second.fingerprint not in text.stdout
    rows = json.loads(call("diff", old, new, "--format", "json").stdout)["changes"]
    assert {row["change"] for row in rows if row["id"] == first.fingerprint} == {"fixed"}
    assert "Nothing changed" in call("diff", old, old, "--exit-zero").stdout

    def blockers(*arguments: str) -> set[str]:
        return {b["id"] for b in json.loads(call("verdict", new, "--format", "json", *arguments).stdout)["verdict"]["blockers"]}

    assert second.fingerprint in blockers()
    assert first.fingerprint not in blockers()
    assert first.fingerprint in blockers("--on", (TODAY + timedelta(days=31)).isoformat())


def test_another_policy_judges_the_same_report(ground: Ground, tmp_path: Path) -> None:
    report = stored(ground, tmp_path / "report.json")
    done = call("verdict", report, "--policy", "moj", "--format", "json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["tool"]["policy"] == "moj"
    assert call("verdict", report, "--exit-zero").exit_code == 0


def test_no_report_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="JSON report"):
        call("verdict", str(tmp_path / "none.json"))
