"""Texts that are made to be slow: every check of a repository ends soon, and none of them raises."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from auditor.openness.registry import CHECKS

if TYPE_CHECKING:
    from tests.openness.checks.conftest import AskAll

NAMES = (
    *(
        "README.md",
        "SECURITY.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "NOTICE",
        "CODEOWNERS",
        ".gitmodules",
        ".gitignore",
        "security.txt",
    ),
    *(
        ".github/workflows/a.yml",
        "config/production.yml",
        "publiccode.yml",
        ".env.example",
        "a.py",
        "build.gradle",
        "pom.xml",
        "go.mod",
    ),
    *("requirements.txt", "package.json", "package-lock.json", "pyproject.toml", "Gemfile"),
    *(f"app/views/{name}.html" for name in "abcde"),
)
SIZE = 60_000


@pytest.mark.parametrize(
    "seed",
    [
        "[",
        "<!--",
        "\n",
        "a",
        "[a](",
        "![",
        "https://",
        "copyright ",
        "${{ ",
        "```\n",
        "x\n---\n",
        "a.",
        "!",
        "ENC[",
        "azure/login@",
        "<add ",
        "- ",
    ],
)
def test_repeated_text_is_answered_soon(ask_all: AskAll, seed: str) -> None:
    begin = time.monotonic()
    answers = ask_all({name: seed * (SIZE // len(seed)) for name in NAMES})
    assert len(answers) == len(CHECKS)
    assert time.monotonic() - begin < 10
