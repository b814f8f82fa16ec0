"""DIS-02."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_passes(ask: Ask) -> None:
    assert ask("DIS-02", {"SECURITY.md": "Write to us. We reply within 3 working days."}).outcome is Outcome.PASS


def test_fails(ask: Ask) -> None:
    assert ask("DIS-02", {"SECURITY.md": "Write to security@example.gov.uk."}).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("DIS-02", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE


def test_a_policy_elsewhere_was_not_read(ask: Ask) -> None:
    assert ask("DIS-02", {"a": "b"}, remotes={"origin": "https://github.com/alphagov/example"}).outcome is Outcome.NOT_CHECKED
