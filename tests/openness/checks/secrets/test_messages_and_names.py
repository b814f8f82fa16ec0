"""SEC-04."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.finding import Location
from auditor.model.levels import Exposure
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_a_secret_in_a_message_fails(ask: Ask) -> None:
    place = Location(None, None, commit="a" * 40, container="commit message or author", exposure=Exposure.BRANCH_OR_TAG)
    found = replace(finding(Exposure.BRANCH_OR_TAG), locations=(place,))
    answer = ask("SEC-04", {"README.md": "x"}, findings=(found,))
    assert answer.outcome is Outcome.FAIL
    assert "commit message" in answer.evidence[0].text
    assert ask("SEC-02", {"README.md": "x"}, findings=(found,)).outcome is Outcome.PASS


def test_a_secret_in_a_file_name_fails_and_one_in_a_file_passes(ask: Ask) -> None:
    named = replace(finding(), locations=(Location("key-****.txt", container="file name", exposure=Exposure.HEAD),))
    assert ask("SEC-04", {"README.md": "x"}, findings=(named,)).outcome is Outcome.FAIL
    assert ask("SEC-04", {"README.md": "x"}, findings=(finding(),)).outcome is Outcome.PASS
