"""CFG-10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_a_contract_is_shown_and_contract_tests_pass(ask: Ask) -> None:
    answer = ask("CFG-10", {"docs/supplier contract.pdf": "x"})
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.FAIL, "docs/supplier contract.pdf")
    assert ask("CFG-10", {"spec/contracts/pact.json": "x", "pricing.rb": "x"}).outcome is Outcome.PASS
