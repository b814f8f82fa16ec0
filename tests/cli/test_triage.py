"""`auditor triage`: one finding after the other, masked, resumable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.cli.surroundings import masked
from auditor.model.blob import Origin
from auditor.model.finding import Match, Span
from auditor.model.levels import Confidence, Severity
from auditor.reports.formats import render
from tests.cli.conftest import KEY, OTHER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Ground, Run

FORM = ("triage", "--role", "technical lead", "--yes")


def test_findings_are_shown_masked_answered_and_not_asked_again(ground: Ground, run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(render("json", ground.scan()), encoding="utf-8")
    stored = (*FORM, "--report", str(report))

    said = run(*stored, answers="x\nt\nl\n").output
    assert "1 of 2" in said
    assert ">     2  export AWS_SECRET_ACCESS_KEY=****" in said or ">     1  export AWS_SECRET_ACCESS_KEY=****" in said
    assert KEY not in said
    assert OTHER not in said
    assert [f.suppression is not None for f in ground.aws()].count(True) == 1

    assert "1 of 1" in run(*stored, answers="r\n").output
    assert "1 of 1" in run(*FORM, answers="f\n").output
    assert "No finding waits" in run(*stored).output
    assert "reason: false-positive" in ground.book()
    assert "reason: test-data" in ground.book()


def test_quitting_keeps_what_was_answered(ground: Ground, run: Run) -> None:
    run(*FORM, answers="t\nq\n")
    assert ground.book().count("reason:") == 1


def test_what_only_history_holds_is_shown_too(ground: Ground, run: Run) -> None:
    ground.repo.commit({"deploy.sh": None, "other.sh": None}, "Take out")
    said = run(*FORM, answers="q\n").output
    assert "export AWS_SECRET_ACCESS_KEY=****" in said


def test_overlapping_matches_leave_nothing() -> None:
    def match(start: int, end: int) -> Match:
        return Match("r", "o", Origin.BLOB, Span(start, end), "****", b"", Severity.HIGH, Confidence.HIGH)

    data = b"a SECRETSECRET\nVALUE b SECRETSECRET c"
    assert masked(data, [match(2, 20), match(5, 9), match(2, 14)]) == b"a ****\n b **** c"
