"""Repositories with a change in them, and the synthetic values that the change adds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "ghp_eWxLQucMv7O4MQl5J7¦990mJ0SFKAfo3tZcrB".replace("¦", "")
OTHER = "ghp_dcTSEq04psjFTP9tSK¦Ml2yMlxZ8Ovn0SrTHZ".replace("¦", "")
LINE = f"GITHUB_TOKEN={TOKEN}\n"
OTHER_LINE = f"GITHUB_TOKEN={OTHER}\n"
LAUNCH = (sys.executable, "-I", str(ROOT / "auditor" / "cli" / "launch.py"))


@dataclass
class Done:
    """What a run left."""

    code: int
    out: str
    err: str
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


def outputs_of(text: str) -> dict[str, str]:
    """Read GITHUB_OUTPUT as the runner does: `name=value`, or `name<<mark`, lines, `mark`."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, mark, end = line.partition("<<")
        if mark and "=" not in name:
            body: list[str] = []
            for inner in lines:
                if inner == end:
                    break
                body.append(inner)
            found[name] = "\n".join(body)
        elif "=" in line:
            name, _, value = line.partition("=")
            found[name] = value
    return found


def start(arguments: list[str], cwd: Path, environment: Mapping[str, str], stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line as the Action does, in a clean environment."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "XDG_CACHE_HOME") if name in os.environ}
    home = {"HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [*LAUNCH, *arguments],
        cwd=cwd,
        env=kept | home | dict(environment),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """A repository with two commits on main."""
    made = GitRepo.create(tmp_path / "repo")
    made.commit({"README.md": "# A service\n", "src/app.py": "print(1)\n"}, "Begin")
    made.commit({"src/app.py": "print(2)\n"}, "Go on")
    return made


def pull_payload(base: str, head: str, *, private: bool = True, fork: bool = False, number: int = 7) -> dict[str, Any]:
    """Return what the event of a pull request says, in the parts that are read."""
    return {
        "action": "synchronize",
        "number": number,
        "pull_request": {
            "number": number,
            "base": {"ref": "main", "sha": base, "repo": {"full_name": "example/service"}},
            "head": {"ref": "topic", "sha": head, "repo": {"full_name": "someone/service" if fork else "example/service"}},
        },
        "repository": {"full_name": "example/service", "default_branch": "main", "private": private},
    }


def run_ci(repo: GitRepo, event: str, payload: dict[str, Any], *options: str, environment: Mapping[str, str] | None = None) -> Done:
    """Run `auditor ci` as GitHub's runner would."""
    files = repo.path.parent / "runner"
    files.mkdir(exist_ok=True)
    (files / "event.json").write_text(json.dumps(payload))
    for name in ("output", "summary"):
        (files / name).write_text("")
    done = start(
        ["ci", "--no-html", *options],
        repo.path,
        {
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(files / "event.json"),
            "GITHUB_OUTPUT": str(files / "output"),
            "GITHUB_STEP_SUMMARY": str(files / "summary"),
            "GITHUB_REPOSITORY": "example/service",
            **(environment or {}),
        },
    )
    outputs = outputs_of((files / "output").read_text())
    return Done(done.returncode, done.stdout, done.stderr, (files / "summary").read_text(), outputs)
