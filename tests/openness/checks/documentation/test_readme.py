"""DOC-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


GOOD = """# Apply for a thing

This service lets people apply for a thing. It is used by the case workers of the department, who see each application
and decide on it. It is in public beta.
"""


def test_a_readme_with_sentences_passes(ask: Ask) -> None:
    answer = ask("DOC-01", {"README.md": GOOD})
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.PASS, "README.md")


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "x = 1"},
        {"README.md": "# My project\n\n![badge](https://example.org/b.svg)\n```\n" + "words in code " * 30 + "\n```\n"},
        {"README.md": GOOD + "\nThis README would normally document whatever steps are necessary.\n"},
        {"lib/README.md": GOOD},
    ],
)
def test_none_an_empty_one_or_a_template_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("DOC-01", files).outcome is Outcome.FAIL
