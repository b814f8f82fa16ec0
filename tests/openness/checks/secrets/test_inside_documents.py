"""SEC-09."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.finding import Location
from auditor.model.levels import Exposure
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_a_secret_inside_another_file_fails(ask: Ask) -> None:
    inner = replace(finding(), locations=(Location("plan.zip", container="inner/.env", exposure=Exposure.HEAD),))
    assert ask("SEC-09", {"README.md": "x"}, findings=(inner,)).outcome is Outcome.FAIL
    assert ask("SEC-09", {"README.md": "x"}, findings=(finding(path="run.ipynb"),)).outcome is Outcome.FAIL


def test_an_encoded_value_in_a_plain_file_passes(ask: Ask) -> None:
    encoded = replace(finding(), locations=(Location("a.yml", 3, container="base64", exposure=Exposure.HEAD),))
    assert ask("SEC-09", {"README.md": "x"}, findings=(encoded, finding())).outcome is Outcome.PASS
