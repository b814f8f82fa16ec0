"""What the README says is true of what is shipped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor.errors import ExitCode

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_two_commands_do_all_the_set_up() -> None:
    assert [len(block.strip().splitlines()) for block in BLOCKS[:2]] == [1, 1]
    assert "auditor scan ." in BLOCKS[0]
    assert "pytest" in BLOCKS[1]


def test_ci_runs_those_two_commands() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert 'bash -euo pipefail -c "$(readme 1)"' in script
    assert 'bash -euo pipefail -c "$(readme 2)"' in script


def test_the_exit_codes_are_those_of_the_code() -> None:
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert listed == {code.value for code in ExitCode}


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README))))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"(?:^|`)auditor ([a-z][a-z-]+)", README, re.MULTILINE))))
def test_every_command_that_is_named_exists(command: str) -> None:
    from auditor.cli.app import app  # noqa: PLC0415  typer takes its time

    names = {item.name for item in app.registered_commands} | {group.name for group in app.registered_groups}
    assert command in names
