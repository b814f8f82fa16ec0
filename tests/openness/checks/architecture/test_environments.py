"""ARC-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.finding import Finding, Location
from auditor.model.levels import Confidence, Exposure, Grade, Severity
from auditor.model.rule import Category, Remediation

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def finding(*paths: str) -> Finding:
    places = tuple(Location(path) for path in paths)
    remedy = Remediation("Change it.")
    return Finding(
        "f", "r", "A key", Category.SECRET, Severity.HIGH, Confidence.HIGH, Grade.BLOCKER, (Exposure.HEAD,), places, "***", remedy
    )


FILES: dict[str, str | bytes] = {"config/production.yml": "a: b", "config/test.yml": "a: b"}


def test_separate_values_pass(ask: Ask) -> None:
    assert ask("ARC-04", FILES, findings=(finding("config/production.yml"), finding("config/test.yml"))).outcome is Outcome.PASS


def test_one_value_in_both_fails(ask: Ask) -> None:
    answer = ask("ARC-04", FILES, findings=(finding("config/production.yml", "config/test.yml"),))
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.FAIL, "config/production.yml")


def test_without_such_settings_it_is_not_asked(ask: Ask) -> None:
    assert ask("ARC-04", {"a.py": ""}).outcome is Outcome.NOT_APPLICABLE
