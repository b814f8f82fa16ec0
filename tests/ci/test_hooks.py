"""The hooks, installed in real clones and started by git itself."""

from __future__ import annotations

import os
import shlex
import stat
from typing import TYPE_CHECKING

import pytest

from tests.ci.conftest import LAUNCH, LINE, OTHER_LINE, TOKEN, start
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = shlex.join(LAUNCH)


def install(folder: Path, name: str, command: str) -> None:
    hook = folder / "hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\nexec {COMMAND} {command} "$@"\n')
    hook.chmod(0o755)


def commit(repo: GitRepo, message: str = "A change") -> str:
    return repo.git("commit", "-q", "-m", message, check=False)


def test_a_commit_that_would_add_a_secret_is_stopped(repo: GitRepo) -> None:
    install(repo.git_dir, "pre-commit", "hook pre-commit")
    before = repo.head()
    repo.add({"deploy.env": LINE})
    commit(repo)
    assert repo.head() == before


def test_a_clean_commit_passes_in_a_repository_that_is_not_ready_and_holds_old_mistakes(repo: GitRepo) -> None:
    repo.commit({"deploy.env": LINE}, "An old mistake")
    install(repo.git_dir, "pre-commit", "hook pre-commit")
    before = repo.head()
    repo.add({"deploy.env": f"{LINE}A=1\n", "src/app.py": "print(3)\n"})
    commit(repo)
    assert repo.head() != before


def test_what_is_staged_counts_and_not_what_lies_beside(repo: GitRepo) -> None:
    repo.add({"deploy.env": LINE})
    repo.write({"deploy.env": "A=1\n"})
    done = start(["hook", "pre-commit"], repo.path, {})
    assert done.returncode == 1, done
    assert "deploy.env:1" in done.stderr
    assert "auditor accept" in done.stderr
    assert TOKEN not in done.stderr + done.stdout


def test_the_first_commit_is_looked_at(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "new")
    repo.add({"deploy.env": LINE})
    assert start(["hook", "pre-commit"], repo.path, {}).returncode == 1


def test_a_message_is_looked_at_without_its_comments(repo: GitRepo, tmp_path: Path) -> None:
    file = tmp_path / "message"
    file.write_text(f"Set the key\n\n{LINE}")
    assert start(["hook", "commit-msg", str(file)], repo.path, {}).returncode == 1
    file.write_text(f"Tidy\n\n# {LINE}")
    assert start(["hook", "commit-msg", str(file)], repo.path, {}).returncode == 0


def test_a_push_is_stopped_where_any_of_its_commits_holds_a_secret(repo: GitRepo, tmp_path: Path) -> None:
    server = repo.mirror(tmp_path / "server.git")
    repo.git("remote", "add", "origin", str(server.path))
    repo.git("fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*")
    install(repo.git_dir, "pre-push", "hook pre-push")
    repo.branch("topic")
    repo.checkout("topic")
    repo.commit({"deploy.env": LINE}, "Add it")
    repo.commit({"deploy.env": None}, "Take it out")
    repo.git("push", "-q", "origin", "topic", check=False)
    assert "refs/heads/topic" not in server.git("for-each-ref")
    repo.branch("clean", "main")
    repo.checkout("clean")
    repo.commit({"a.txt": "1\n"}, "Fine")
    repo.git("push", "-q", "origin", "clean", check=False)
    assert "refs/heads/clean" in server.git("for-each-ref")


def test_the_framework_names_the_range_by_variables(repo: GitRepo) -> None:
    base = repo.head()
    head = repo.commit({"deploy.env": LINE}, "Add it")
    variables = {"PRE_COMMIT_FROM_REF": base, "PRE_COMMIT_TO_REF": head}
    assert start(["hook", "pre-push"], repo.path, variables).returncode == 1


def test_a_server_refuses_what_is_still_in_quarantine(repo: GitRepo, tmp_path: Path) -> None:
    server = repo.mirror(tmp_path / "server.git")
    install(server.path, "pre-receive", "pre-receive")
    repo.git("remote", "add", "origin", str(server.path))
    main = server.head("refs/heads/main")
    repo.commit({"deploy.env": LINE, "openness.yml": "schema: 1\n"}, "Add it")
    repo.git("push", "-q", "origin", "main", check=False)
    assert server.head("refs/heads/main") == main
    repo.git("reset", "-q", "--hard", main)
    fine = repo.commit({"a.txt": "1\n"}, "Fine")
    repo.git("push", "-q", "origin", "main", "main:refs/heads/other", check=False)
    assert server.head("refs/heads/main") == fine
    repo.git("push", "-q", "origin", ":refs/heads/other", check=False)
    assert "other" not in server.git("for-each-ref")


def test_hooks_are_installed_and_an_existing_one_is_left_alone(repo: GitRepo) -> None:
    (repo.git_dir / "hooks").mkdir(exist_ok=True)
    own = repo.git_dir / "hooks" / "pre-push"
    own.write_text("#!/bin/sh\n")
    done = start(["install-hook"], repo.path, {})
    assert done.returncode == 2, done
    assert "There is a hook already" in done.stderr
    assert own.read_text() == "#!/bin/sh\n"
    made = repo.git_dir / "hooks" / "pre-commit"
    assert made.stat().st_mode & stat.S_IXUSR
    assert start(["install-hook", "pre-commit"], repo.path, {}).returncode == 0


def test_hooks_kept_elsewhere_are_named(repo: GitRepo) -> None:
    repo.git("config", "core.hooksPath", ".githooks")
    done = start(["install-hook"], repo.path, {})
    assert done.returncode == 2
    assert "core.hooksPath" in done.stderr


@pytest.mark.parametrize("stage", ["pre-push", "pre-receive"])
def test_other_input_is_refused(repo: GitRepo, stage: str) -> None:
    arguments = [stage] if stage == "pre-receive" else ["hook", stage]
    done = start(arguments, repo.path, {}, stdin="what is this\n")
    assert done.returncode == 2, done
    assert "not what git gives" in done.stderr


def test_gitlab_and_azure_run_the_same_command(repo: GitRepo, tmp_path: Path) -> None:
    base = repo.head()
    repo.git("update-ref", "refs/remotes/origin/main", base)
    repo.branch("topic")
    repo.checkout("topic")
    head = repo.commit({"deploy.env": OTHER_LINE}, "Add it")
    report = tmp_path / "gl-secret-detection-report.json"
    gitlab = {
        "GITLAB_CI": "true",
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_COMMIT_SHA": head,
        "CI_PROJECT_VISIBILITY": "private",
    }
    done = start(["ci", "--report", f"gitlab={report}"], repo.path, gitlab)
    assert done.returncode == 1, done
    assert "deploy.env" in report.read_text()
    assert "What to do now" in done.stdout
    azure = {
        "TF_BUILD": "True",
        "BUILD_REASON": "PullRequest",
        "SYSTEM_PULLREQUEST_SOURCECOMMITID": head,
        "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
    }
    done = start(["ci"], repo.path, azure)
    assert done.returncode == 1, done
    assert os.linesep + "## This change adds 1 finding" in done.stdout
