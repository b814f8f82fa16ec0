"""PII-11."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.levels import Exposure, Grade
from auditor.model.rule import Category
from tests.openness.verdict_cases import finding

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_such_columns_beside_a_person_fail_and_alone_they_pass(ask: Ask) -> None:
    answer = ask("PII-11", {"data/a.csv": "surname,ethnicity,x\n"})
    assert answer.outcome is Outcome.FAIL
    assert "ethnicity" in answer.evidence[0].text
    assert (
        ask("PII-11", {"data/a.csv": "region,ethnicity\n", "data/b.tsv": "surname\tcolour\n", "c.csv": ""}).outcome is Outcome.PASS
    )


def test_a_record_that_joins_them_fails_too(ask: Ask) -> None:
    found = finding(
        Exposure.HEAD,
        category=Category.PERSONAL_DATA,
        rule_id="special-category-of-person",
        grade=Grade.SHOULD,
        path="db/seeds.rb",
    )
    answer = ask("PII-11", {"README.md": "x"}, findings=(found,))
    assert answer.outcome is Outcome.FAIL
    assert answer.evidence[0].path == "db/seeds.rb"
