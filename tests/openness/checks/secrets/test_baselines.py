"""SEC-11."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.finding import Suppression
from auditor.model.levels import Grade
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_entries_without_a_judgement_fail(ask: Ask) -> None:
    baseline = json.dumps({"results": {"a.py": [{"line_number": 1}]}})
    answer = ask("SEC-11", {".secrets.baseline": baseline, "a.py": "x"})
    assert (answer.outcome, answer.evidence[0].count) == (Outcome.FAIL, 1)
    bare = "0123456789012345678901234567890123456789:a.py:rule:1\n"
    assert ask("SEC-11", {".gitleaksignore": bare}).outcome is Outcome.FAIL
    silent = finding(suppression=Suppression("inline mark", ""))
    assert ask("SEC-11", {"a.py": "x"}, findings=(silent,)).outcome is Outcome.FAIL


def test_entries_with_a_reason_pass_and_stale_ones_are_advice(ask: Ask) -> None:
    labelled = {"results": {"a.py": [{"line_number": 1, "is_secret": False}]}}
    assert ask("SEC-11", {".secrets.baseline": json.dumps(labelled), "a.py": "x"}).outcome is Outcome.PASS
    answer = ask("SEC-11", {".secrets.baseline": json.dumps(labelled)})
    assert (answer.outcome, answer.grade) == (Outcome.FAIL, Grade.SHOULD)
    assert ask("SEC-11", {".gitleaksignore": "# sample of the docs\na.py:rule:1\n"}).outcome is Outcome.PASS
    assert ask("SEC-11", {"a.py": "x"}).outcome is Outcome.NOT_APPLICABLE
    assert ask("SEC-11", {".secrets.baseline": "[not json"}).outcome is Outcome.PASS
