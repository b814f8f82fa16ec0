"""The action, step by step as the runner runs it, in repositories built on the spot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.action.runner import Runner
from tests.ci.conftest import LINE, ROOT, TOKEN, outputs_of, pull_payload
from tests.github.server import TOKEN as API_TOKEN
from tests.github.server import Fault, GitHub
from tests.github.talk import Talk
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path

    from tests.action.runner import Job

ZERO = "0" * 40


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = GitRepo.create(tmp_path / "repo")
    made.commit({"README.md": "# A service\n"}, "Begin")
    made.commit({"src/app.py": "print(1)\n"}, "Go on")
    return made


def run(
    repo: GitRepo,
    event: str,
    payload: dict[str, Any],
    *,
    server: str = "https://github.com",
    api: str = "http://127.0.0.1:9",
    **inputs: str,
) -> Job:
    temp = repo.path.parent / "temp"
    temp.mkdir(exist_ok=True)
    (temp / "event.json").write_text(json.dumps(payload))
    runner = Runner(
        action=ROOT,
        temp=temp,
        workspace=repo.path,
        github={"action_path": str(ROOT), "token": "", "server_url": server},
        environment={
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(temp / "event.json"),
            "GITHUB_REPOSITORY": "example/service",
            "GITHUB_SERVER_URL": server,
            "GITHUB_API_URL": api,
        },
        given={"install": {"python": sys.executable}},
    )
    return runner.run({name.replace("_", "-"): value for name, value in inputs.items()})


def push(ref: str, before: str, after: str) -> dict[str, Any]:
    repository = {"full_name": "example/service", "default_branch": "main", "private": True}
    return {"ref": ref, "before": before, "after": after, "deleted": after == ZERO, "repository": repository}


def topic(repo: GitRepo, line: str = LINE) -> tuple[str, str]:
    base = repo.head()
    repo.branch("topic")
    repo.checkout("topic")
    return base, repo.commit({"deploy.env": line}, "Add it")


def test_a_pull_request_with_a_secret(repo: GitRepo) -> None:
    job = run(repo, "pull_request", pull_payload(*topic(repo)), sarif="true", html="true")
    assert job.code == 1, job.log
    assert job.outputs["new-findings"] == "1"
    assert job.outputs["decision"] == "not_yet"
    assert "::error file=deploy.env" in job.log
    assert TOKEN not in job.log + job.summary
    used = [name.partition("@")[0] for name, _ in job.used]
    assert used == ["actions/cache", "actions/upload-artifact", "github/codeql-action/upload-sarif"]
    assert job.used[1][1]["path"] == job.outputs["report-html"]
    assert job.used[1][1]["name"].startswith("auditor-report-audit-")


def test_a_server_of_ones_own_gets_a_warning_in_place_of_the_artifact(repo: GitRepo) -> None:
    job = run(repo, "pull_request", pull_payload(*topic(repo, "A=1\n")), server="https://github.example.gov.uk")
    assert job.code == 0, job.log
    assert [name.partition("@")[0] for name, _ in job.used] == ["actions/cache"]
    assert "::warning title=auditor::The report was not kept" in job.log


def test_a_forks_pull_request_needs_no_token_and_loses_only_the_comment(repo: GitRepo) -> None:
    job = run(repo, "pull_request", pull_payload(*topic(repo), fork=True), comment="true", html="false")
    assert job.code == 1, job.log
    assert "::warning title=auditor::No comment was written" in job.log
    assert job.outputs["new-findings"] == "1"


def test_an_api_that_is_away_loses_only_the_comment(repo: GitRepo) -> None:
    job = run(repo, "pull_request", pull_payload(*topic(repo)), comment="true", html="false", token="t")
    assert job.code == 1, job.log
    assert "could not be reached" in job.log


def test_the_comment_is_written_as_github_publishes_it_and_then_updated(repo: GitRepo) -> None:
    payload = pull_payload(*topic(repo))
    with GitHub() as github:
        talk = Talk(github, "example/service", payload["pull_request"]["number"])
        for _ in range(2):
            job = run(repo, "pull_request", payload, comment="true", html="false", token=API_TOKEN, api=github.url)
            assert job.code == 1, job.log
            assert "No comment was written" not in job.log
        assert github.wrong == []
    (body,) = talk.bodies()
    assert "deploy.env" in body
    assert TOKEN not in body


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.FORBIDDEN, "may not comment here"),
        (Fault.SECONDARY_LIMIT, "limit of requests"),
        (Fault.BAD_GATEWAY, "problem of its own"),
    ],
)
def test_a_refused_comment_is_a_warning(repo: GitRepo, fault: Fault, words: str) -> None:
    with GitHub() as github:
        github.fail(fault)
        job = run(repo, "pull_request", pull_payload(*topic(repo)), comment="true", html="false", token=API_TOKEN, api=github.url)
    assert job.code == 1, job.log
    assert words in job.log
    assert API_TOKEN not in job.log
    assert job.outputs["new-findings"] == "1"


EVENTS = {
    "push": 1,
    "push of a new branch": 1,
    "force push": 1,
    "deleted branch": 0,
    "tag": 1,
    "merge group": 1,
    "schedule": 1,
    "workflow_dispatch": 1,
    "release": 1,
    "pull_request_target": 1,
    "workflow_run": 1,
}


def event_of(name: str, base: str, head: str) -> tuple[str, dict[str, Any]]:
    repository = {"full_name": "example/service", "default_branch": "main", "private": True}
    run_of = {"head_sha": head, "head_branch": "topic", "pull_requests": [], "head_repository": repository}
    return {
        "push": ("push", push("refs/heads/topic", base, head)),
        "push of a new branch": ("push", push("refs/heads/topic", ZERO, head)),
        "force push": ("push", push("refs/heads/topic", "d" * 40, head)),
        "deleted branch": ("push", push("refs/heads/topic", base, ZERO)),
        "tag": ("push", push("refs/tags/v1", ZERO, head)),
        "merge group": ("merge_group", {"merge_group": {"base_sha": base, "head_sha": head}, "repository": repository}),
        "pull_request_target": ("pull_request_target", pull_payload(base, head)),
        "workflow_run": ("workflow_run", {"workflow_run": run_of, "repository": repository}),
    }.get(name, (name, {"repository": repository}))


@pytest.mark.parametrize("name", EVENTS)
def test_every_event(repo: GitRepo, name: str) -> None:
    base, head = topic(repo)
    event, payload = event_of(name, base, head)
    job = run(repo, event, payload, html="false", fail_on="any")
    assert job.code == EVENTS[name], job.log
    if name not in {"deleted branch", "schedule", "workflow_dispatch", "release"}:
        assert job.outputs["new-findings"] == "1"
        assert "Looked at 1 commit," in job.log


def test_a_shallow_checkout_is_told_what_to_write(repo: GitRepo) -> None:
    base, head = topic(repo)
    shallow = repo.shallow(repo.path.parent / "shallow")
    job = run(shallow, "pull_request", pull_payload(base, head))
    assert job.code == 2, job.log
    assert "fetch-depth: 0" in job.log
    assert "fetch-depth: 0" in job.summary
    assert job.outputs["decision"] == "cannot_tell"
    assert [name.partition("@")[0] for name, _ in job.used] == ["actions/cache"]


def test_inputs_cannot_become_commands_or_options(repo: GitRepo) -> None:
    base, head = topic(repo)
    job = run(repo, "pull_request", pull_payload(base, head), mode='auto"; touch pwned; "')
    assert job.code == 2, job.log
    job = run(repo, "pull_request", pull_payload(base, head), path="--version")
    assert job.code == 2, job.log
    assert not (repo.path / "pwned").exists()


def script(name: str, tmp_path: Path, python: str, **environment: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run a script of the action with these words of shell as its Python; also return its outputs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for command in ("python3", "python"):
        (folder / command).write_text(f"#!/bin/sh\n{python}\n")
        (folder / command).chmod(0o755)
    output = tmp_path / "output"
    output.write_text("")
    given = {
        "PATH": f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "RUNNER_OS": "Linux",
        "RUNNER_TEMP": str(tmp_path),
        "AUDITOR_HOME": str(ROOT),
        "AUDITOR_FOUND": "python3",
        "GITHUB_OUTPUT": str(output),
    }
    done = subprocess.run(
        ["/bin/bash", str(ROOT / ".github" / name)],
        env=given | environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    return done, outputs_of(output.read_text())


def making(python: str, words: str) -> str:
    """Return a Python that makes a virtual environment whose own Python does what the words say."""
    return (
        f'case "$*" in *venv*) mkdir -p "$(dirname "$RUNNER_TEMP/{python}")"; '
        f"printf '#!/bin/sh\\n{words}\\n' > \"$RUNNER_TEMP/{python}\"; "
        f'chmod +x "$RUNNER_TEMP/{python}";; esac'
    )


def test_an_old_python_is_one_clear_sentence(tmp_path: Path) -> None:
    done, _ = script("action-python.sh", tmp_path, "exit 1")
    assert done.returncode == 2
    assert "::error title=auditor::Python 3.11 or newer is needed" in done.stdout
    assert "setup-python" in done.stdout


def test_downloads_are_kept_by_python_and_by_what_is_pinned(tmp_path: Path) -> None:
    keys = []
    for number, pinned in enumerate(("a==1\n", "a==2\n")):
        home = tmp_path / str(number)
        (home / ".github").mkdir(parents=True)
        (home / ".github" / "action-requirements.txt").write_text(pinned)
        done, outputs = script("action-python.sh", home, f'exec "{sys.executable}" "$@"', AUDITOR_HOME=str(home))
        assert done.returncode == 0, done.stderr
        keys.append(outputs["key"])
    assert keys[0] != keys[1]
    assert all(key.startswith(f"{sys.version_info[0]}-{sys.version_info[1]}-") for key in keys)


@pytest.mark.parametrize(
    ("system", "python"), [("Linux", "bin/python"), ("macOS", "bin/python"), ("Windows", "Scripts/python.exe")]
)
def test_it_is_installed_on_every_system_by_hash_and_without_building(tmp_path: Path, system: str, python: str) -> None:
    inner = f"auditor-venv/{python}"
    words = 'echo "$@" >> "$RUNNER_TEMP/asked"'
    done, outputs = script("action-install.sh", tmp_path, making(inner, words), RUNNER_OS=system)
    assert done.returncode == 0, done.stdout + done.stderr
    assert outputs == {"python": str(tmp_path / inner)}
    installing, looking = (tmp_path / "asked").read_text().splitlines()
    assert "--require-hashes --only-binary :all:" in installing
    assert looking.endswith(f"scan --quiet {tmp_path}/auditor-nothing")


def test_uv_installs_where_it_is_there(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "uv").write_text('#!/bin/sh\necho "$@" > "$RUNNER_TEMP/uv-asked"\n')
    (tools / "uv").chmod(0o755)
    path = os.pathsep.join([str(tmp_path / "bin"), str(tools), "/usr/bin", "/bin"])
    done, _ = script("action-install.sh", tmp_path, making("auditor-venv/bin/python", "true"), PATH=path)
    assert done.returncode == 0, done.stdout + done.stderr
    asked = (tmp_path / "uv-asked").read_text()
    assert asked.startswith(f"pip install --quiet --python {tmp_path}/auditor-venv/bin/python")
    assert "--require-hashes --only-binary :all:" in asked


def test_dependencies_that_cannot_be_installed_are_one_clear_sentence(tmp_path: Path) -> None:
    done, outputs = script("action-install.sh", tmp_path, making("auditor-venv/bin/python", "exit 1"))
    assert done.returncode == 2
    assert "could not be installed, so nothing was judged" in done.stdout
    assert outputs == {}
