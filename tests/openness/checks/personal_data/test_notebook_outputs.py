"""PII-12."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_output_fails_and_a_cleared_notebook_passes(ask: Ask) -> None:
    kept = json.dumps({"cells": [{"cell_type": "code", "outputs": [{"text": "x"}]}]})
    assert ask("PII-12", {"a.ipynb": kept}).evidence[0].count == 1
    assert ask("PII-12", {"a.ipynb": "{broken"}).outcome is Outcome.FAIL
    assert ask("PII-12", {"a.ipynb": json.dumps({"cells": [{"cell_type": "code", "outputs": []}]})}).outcome is Outcome.PASS
    assert ask("PII-12", {"a.py": "x"}).outcome is Outcome.NOT_APPLICABLE
