"""OWN-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome
from auditor.model.levels import Grade
from auditor.model.openness_file import OpennessFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


@pytest.mark.parametrize(
    "files",
    [
        {".github/CODEOWNERS": "# owners\n*  @example/team  # all\n/docs/ writer@example.gov.uk\n"},
        {"CODEOWNERS": "[Section] @example/team\n*.rb\n"},
        {"README.md": "# Thing\n\n## Support\n\nAsk in the channel.\n"},
        {"README.md": "It is maintained by the Payments team at the department.\n"},
        {"catalog-info.yaml": "spec:\n  owner: example-team\n"},
    ],
)
def test_an_owner_named_somewhere_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("OWN-01", files).outcome is Outcome.PASS


def test_openness_yml_may_name_the_team(ask: Ask) -> None:
    assert ask("OWN-01", {"a": "b"}, book=OpennessFile(owner_team="Apply service")).outcome is Outcome.PASS


def test_nobody_named_fails(ask: Ask) -> None:
    assert ask("OWN-01", {"README.md": "# Thing\n\nIt does a thing.\n"}).outcome is Outcome.FAIL


def test_lines_that_a_forge_refuses_are_shown(ask: Ask) -> None:
    answer = ask("OWN-01", {"CODEOWNERS": "* @example/team, @example/other\n"})
    assert (answer.outcome, answer.grade, answer.evidence[0].line) == (Outcome.FAIL, Grade.SHOULD, 1)
    assert "'@example/team,'" in answer.evidence[0].text
    nobody = ask("OWN-01", {"CODEOWNERS": "* someone\n"})
    assert (nobody.outcome, nobody.grade) == (Outcome.FAIL, None)
