from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.detection import ruleset
from auditor.detection.rulelint import check

if TYPE_CHECKING:
    from auditor.model.rule import Rule

RULES = ruleset.load()


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_every_rule_holds_what_it_promises(rule: Rule) -> None:
    assert list(check(rule, RULES, b"")) == []
