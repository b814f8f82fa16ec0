"""A model of the runner: runs the steps of a composite action as GitHub's runner does, and records what it would have used.

Bash is started as the runner starts it; expressions are the small part of the language that our action uses; outputs are read
in both of the runner's forms. It is a model: the action workflow of this project runs the real thing.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from tests.ci.conftest import outputs_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_TEST = re.compile(r"^(\S+)\s*(==|!=)\s*'([^']*)'$")


@dataclass
class Job:
    """What a job left: exit code, log, outputs of the action, the summary, and the actions it would have used."""

    code: int = 0
    log: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    used: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@dataclass
class Runner:
    """One runner with its folders. `given` are outputs of steps that are not run."""

    action: Path
    temp: Path
    workspace: Path
    github: dict[str, str]
    environment: Mapping[str, str]
    given: Mapping[str, dict[str, str]] = field(default_factory=dict)

    def run(self, inputs: Mapping[str, str]) -> Job:
        """Run the action with these inputs."""
        action = yaml.safe_load((self.action / "action.yml").read_text())
        context: dict[str, Any] = {"github": self.github, "steps": {}, "inputs": {}}
        for name, spec in action["inputs"].items():
            context["inputs"][name] = inputs.get(name, _fill(str(spec.get("default", "")), context))
        assert set(inputs) <= set(action["inputs"]), "an input that does not exist is a warning of the runner"
        job = Job()
        self.temp.mkdir(parents=True, exist_ok=True)
        summary = self.temp / "summary"
        summary.write_text("")
        for number, step in enumerate(action["runs"]["steps"]):
            name = step.get("id", str(number))
            if not _wanted(step.get("if", ""), context, failed=job.code != 0):
                continue
            if "uses" in step:
                job.used.append((step["uses"], {key: _fill(str(value), context) for key, value in step["with"].items()}))
                continue
            if name in self.given:
                context["steps"][name] = {"outputs": self.given[name]}
                continue
            code = self._step(step, context, name, summary, job)
            if code and not job.code and not step.get("continue-on-error"):
                job.code = code
        job.summary = summary.read_text()
        job.outputs = {name: _fill(spec["value"], context) for name, spec in action["outputs"].items()}
        return job

    def _step(self, step: dict[str, Any], context: dict[str, Any], name: str, summary: Path, job: Job) -> int:
        output, script = self.temp / f"output-{name}", self.temp / f"step-{name}.sh"
        output.write_text("")
        script.write_text(_fill(step["run"], context))
        environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ} | dict(self.environment)
        environment |= {key: _fill(str(value), context) for key, value in step.get("env", {}).items()}
        environment |= {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_JOB": "audit",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
        }
        assert step["shell"] == "bash"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        job.log += done.stdout + done.stderr
        context["steps"][name] = {"outputs": outputs_of(output.read_text())}
        return done.returncode


def _fill(text: str, context: Mapping[str, Any]) -> str:
    return _EXPRESSION.sub(lambda found: _value(found[1], context), text)


def _value(path: str, context: Mapping[str, Any]) -> str:
    value: Any = context
    for part in path.split("."):
        value = value.get(part, "") if isinstance(value, dict) else ""
    return str(value)


def _wanted(condition: str, context: Mapping[str, Any], *, failed: bool) -> bool:
    """Judge `always() && a == 'b' && ...`; without a status function a step runs only after success."""
    parts = [part.strip() for part in condition.split("&&")] if condition else []
    if failed and "always()" not in parts:
        return False
    for part in parts:
        if part == "always()":
            continue
        found = _TEST.match(part)
        assert found, f"the model does not know {part!r}"
        equal = _value(found[1], context) == found[3]
        if equal != (found[2] == "=="):
            return False
    return True
