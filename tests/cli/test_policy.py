"""`auditor policy`: the packs, each decision with its source."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from auditor.cli.app import app
from auditor.errors import ConfigurationError


def shown(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["policy", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_pack_is_listed() -> None:
    assert {line.split()[0] for line in shown("list").splitlines()} >= {
        "gds",
        "moj",
        "nhs-england",
        "defra",
        "home-office",
        "generic",
    }
    assert "(the default)" in shown("list")


def test_a_pack_is_shown_with_sources() -> None:
    text = shown("show", "gds")
    assert "expected_licences: MIT\n  The GDS Way" in text
    assert "A licence file is at the root" in text


def test_two_packs_are_compared() -> None:
    assert "  gds: MIT\n" in shown("diff", "gds", "nhs-england")
    assert "expected_licences" not in shown("diff", "gds", "gds")


def test_an_unknown_pack_names_the_nearest() -> None:
    with pytest.raises(ConfigurationError, match="Did you mean 'gds'"):
        shown("show", "gdss")
