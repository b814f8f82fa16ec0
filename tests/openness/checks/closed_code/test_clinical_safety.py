"""CLS-09."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_code_for_care_needs_a_notice_or_a_person(ask: Ask) -> None:
    care = "For patients and clinical staff: records symptoms and diagnosis."
    assert ask("CLS-09", {"README.md": care}).outcome is Outcome.NOT_CHECKED
    assert ask("CLS-09", {"README.md": care + " It is a Class I medical device."}).outcome is Outcome.PASS
    assert ask("CLS-09", {"README.md": "A library for dates."}).outcome is Outcome.NOT_APPLICABLE
