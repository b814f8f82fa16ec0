"""The action, the workflows and the scripts, held against the linters and schemas of their platforms."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
USES = re.compile(r"^\s*(?:- )?uses: (\S+)(?: # (.+))?$", re.MULTILINE)


def tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def check(*arguments: str) -> None:
    done = subprocess.run([tool(arguments[0]), *arguments[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_has_nothing_to_say(tmp_path: Path) -> None:
    shutil.copy(ROOT / "action.yml", tmp_path / "action.yml")
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    check("zizmor", "--offline", "--persona", "auditor", "--no-progress", str(tmp_path))


def test_the_action_follows_its_schema() -> None:
    check("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")


def test_the_workflows_follow_their_schema() -> None:
    check("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))


@pytest.mark.parametrize(
    ("file", "schema"), [("gitlab-ci.yml", "vendor.gitlab-ci"), ("azure-pipelines.yml", "vendor.azure-pipelines")]
)
def test_the_templates_follow_their_schema(file: str, schema: str) -> None:
    check("check-jsonschema", "--regex-variant", "nonunicode", "--builtin-schema", schema, f"docs/pipelines/{file}")


def test_the_scripts_are_clean() -> None:
    check("shellcheck", *map(str, sorted((ROOT / ".github").glob("*.sh"))))


@pytest.mark.parametrize("file", [ROOT / "action.yml", *WORKFLOWS], ids=lambda path: path.name)
def test_everything_used_is_pinned_and_says_its_version(file: Path) -> None:
    for used, note in USES.findall(file.read_text()):
        if used != "./":
            assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", used), used
            assert re.fullmatch(r"v\d+\.\d+\.\d+", note), used


def test_every_dependency_is_pinned_by_hash() -> None:
    text = (ROOT / ".github" / "action-requirements.txt").read_text()
    blocks = [line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)
    pinned = {re.split(r"[=\s;]", block)[0] for block in blocks}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[\[><=;\s]", item)[0].lower().replace(".", "-") for item in project["dependencies"]}
    assert wanted <= pinned


def test_the_hooks_call_commands_that_exist() -> None:
    from auditor.cli.hooks import Stage  # noqa: PLC0415  typer is slow to load

    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()):
        program, command, stage = hook["entry"].split()
        assert (program, command) == ("auditor", "hook")
        assert stage in list(Stage)
        assert hook["stages"] == [stage]
