"""DIS-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


CONTACT = "# Security\n\nReport a vulnerability in private to security@example.gov.uk.\n"


@pytest.mark.parametrize("path", ["SECURITY.md", ".github/SECURITY.md", "docs/security.md"])
def test_a_policy_with_a_contact_passes(ask: Ask, path: str) -> None:
    answer = ask("DIS-01", {path: CONTACT})
    assert (answer.outcome, answer.evidence[0].path, answer.evidence[0].line) == (Outcome.PASS, path, 3)


def test_the_readme_may_say_it(ask: Ask) -> None:
    assert ask("DIS-01", {"README.md": "## Security issues\n\nWrite to security@example.gov.uk"}).outcome is Outcome.PASS


def test_the_organisations_default_counts_where_it_is_known(ask: Ask) -> None:
    assert ask("DIS-01", {"a": "b"}, org_defaults={"SECURITY.md": CONTACT}).outcome is Outcome.PASS
    credited = ask("DIS-01", {"a": "b"}, remotes={"origin": "git@github.com:alphagov/example.git"})
    assert credited.outcome is Outcome.PASS
    assert "confirm on the forge" in credited.evidence[0].text


@pytest.mark.parametrize("files", [{"README.md": "Contact: team@example.gov.uk"}, {"SECURITY.md": "We take security seriously."}])
def test_none_or_one_without_a_route_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("DIS-01", files, remotes={"origin": "https://github.com/nobody-known/example"}).outcome is Outcome.FAIL
