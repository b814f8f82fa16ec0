"""PRO-07."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


DOTENV = {".env.example": "KEY="}


@pytest.mark.parametrize(
    "files",
    [
        {**DOTENV, ".gitignore": "*.env\n"},
        {**DOTENV, ".gitignore": "!\n[z-a]\n[[:alpha:]]x\n\\\\\n.env\n"},
        {"main.tf": "", ".gitignore": "*.tfstate*\n"},
        {"infra/main.tf": "", "infra/.gitignore": "*.tfstate\n"},
        {"config/credentials.yml.enc": "x", ".gitignore": "/config/master.key\n"},
        {"Gemfile": 'gem "dotenv"\n', ".gitignore": ".env*\n!.env.example\n"},
    ],
)
def test_ignored_secrets_pass(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("PRO-07", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [DOTENV, {"main.tf": "", ".gitignore": ".terraform\n"}, {**DOTENV, ".gitignore": ".env\n!.env\n"}, {"compose.yml": "a: b"}],
)
def test_names_that_are_not_ignored_fail(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("PRO-07", files).outcome is Outcome.FAIL


def test_a_stack_without_such_files_is_not_asked(ask: Ask) -> None:
    assert ask("PRO-07", {"Main.java": "class Main {}"}).outcome is Outcome.NOT_APPLICABLE
