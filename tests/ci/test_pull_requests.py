"""Whole runs on pull requests, in real repositories: what fails, what does not, and what is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.ci.conftest import LINE, OTHER_LINE, TOKEN, pull_payload, run_ci

if TYPE_CHECKING:
    from tests.gitrepo import GitRepo


def topic(repo: GitRepo, *steps: dict[str, str | bytes | None]) -> tuple[str, str]:
    base = repo.head()
    repo.branch("topic")
    repo.checkout("topic")
    for number, files in enumerate(steps):
        repo.commit(files, f"Step {number}")
    return base, repo.head()


def test_a_secret_that_the_change_adds_fails_it_and_is_never_shown(repo: GitRepo) -> None:
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, {"deploy.env": LINE})))
    assert done.code == 1, done
    assert done.outputs["new-findings"] == "1"
    assert "::error file=deploy.env,line=1" in done.out
    assert "Revoke" in done.summary
    assert "--force-with-lease" in done.summary
    assert TOKEN not in done.out + done.err + done.summary


def test_a_secret_added_and_taken_out_again_is_found(repo: GitRepo) -> None:
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, {"deploy.env": LINE}, {"deploy.env": None})))
    assert done.code == 1, done
    assert "an earlier commit of this change holds it" in done.summary


def test_a_clean_change_is_green_and_says_what_was_looked_at(repo: GitRepo) -> None:
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, {"src/app.py": "print(3)\n"})))
    assert done.code == 0, done
    assert "Looked at 1 commit" in done.out


def test_what_the_repository_held_before_does_not_fail_a_change(repo: GitRepo) -> None:
    repo.commit({"deploy.env": LINE + "A=1\n"}, "An old mistake")
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, {"deploy.env": LINE + "A=2\n"})))
    assert done.code == 0, done
    assert "Values that the base held already: 1" in done.summary


def test_an_empty_range_is_green_and_says_so(repo: GitRepo) -> None:
    done = run_ci(repo, "pull_request", pull_payload(repo.head(), repo.head()))
    assert done.code == 0, done
    assert "Looked at 0 commits" in done.out


def test_second_parents_and_octopus_merges_are_part_of_the_change(repo: GitRepo) -> None:
    base = repo.head()
    for name, files in (("one", {"one.txt": "1\n"}), ("two", {"two.env": LINE}), ("three", {"three.txt": "3\n"})):
        repo.branch(name, base)
        repo.checkout(name)
        repo.commit(dict(files), name)
    repo.checkout("one")
    repo.merge("two", "three")
    assert run_ci(repo, "pull_request", pull_payload(base, repo.head())).code == 1


def test_commits_that_the_target_got_meanwhile_are_not_the_changes(repo: GitRepo) -> None:
    _, head = topic(repo, {"src/app.py": "print(3)\n"})
    repo.checkout("main")
    base = repo.commit({"later.env": LINE}, "Somebody else's mistake")
    repo.checkout("topic")
    assert run_ci(repo, "pull_request", pull_payload(base, head)).code == 0
    merged = repo.merge("main")
    assert run_ci(repo, "pull_request", pull_payload(base, merged)).code == 0


def test_three_hundred_commits_are_all_looked_at(repo: GitRepo) -> None:
    steps: list[dict[str, str | bytes | None]] = [{"n.txt": f"{number}\n"} for number in range(300)]
    steps[3] = {"early.env": LINE}
    steps[4] = {"early.env": None}
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, *steps)))
    assert done.code == 1, done
    assert "Looked at 300 commits" in done.out


@pytest.mark.parametrize("options", [("--depth=1",), ("--depth=1", "--no-single-branch")])
def test_a_clone_that_lacks_the_base_cannot_tell(repo: GitRepo, options: tuple[str, ...]) -> None:
    base, head = topic(repo, {"a.txt": "1\n"}, {"a.txt": "2\n"})
    repo.commit({"a.txt": "3\n"}, "Later")
    clone = repo.clone(repo.path.parent / "shallow", *options)
    done = run_ci(clone, "pull_request", pull_payload(base, head))
    assert done.code == 2, done
    assert "fetch-depth: 0" in done.err
    assert "fetch-depth: 0" in done.summary
    assert done.outputs["decision"] == "cannot_tell"


def test_a_single_branch_clone_is_enough_when_it_holds_the_base(repo: GitRepo) -> None:
    base, head = topic(repo, {"deploy.env": LINE})
    clone = repo.clone(repo.path.parent / "single", "--single-branch", "--branch=topic")
    assert run_ci(clone, "pull_request", pull_payload(base, head)).code == 1


BOOK = """\
schema: 1
findings_accepted:
  - fingerprint: {fingerprint}
    reason: false-positive
    by: {{role: developer}}
    expires: 2099-01-01
"""


def fingerprint_of(repo: GitRepo, payload: dict[str, object]) -> str:
    reports = repo.path.parent / "reports"
    run_ci(repo, "pull_request", payload, f"--reports={reports}")
    return str(json.loads((reports / "report.json").read_text())["findings"][0]["fingerprint"])


def test_a_change_cannot_accept_its_own_critical_finding(repo: GitRepo) -> None:
    base, head = topic(repo, {"deploy.env": LINE})
    book = BOOK.format(fingerprint=fingerprint_of(repo, pull_payload(base, head)))
    head = repo.commit({"openness.yml": book, ".github/CODEOWNERS": "* @example/team\n"}, "Nothing to see")
    done = run_ci(repo, "pull_request", pull_payload(base, head))
    assert done.code == 1, done
    assert "does not count before it is merged" in done.summary
    assert "openness.yml` is changed here" in done.summary


def test_an_acceptance_of_the_base_counts(repo: GitRepo) -> None:
    base, head = topic(repo, {"deploy.env": LINE})
    book = BOOK.format(fingerprint=fingerprint_of(repo, pull_payload(base, head)))
    repo.checkout("main")
    base = repo.commit({"openness.yml": book}, "Accept it")
    done = run_ci(repo, "pull_request", pull_payload(base, head))
    assert done.code == 0, done


def test_an_inline_mark_of_the_change_is_listed_and_does_not_clear_a_critical_finding(repo: GitRepo) -> None:
    marked = f"{LINE.strip()} # auditor: ignore[github-pat-classic] not a real one\n"
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, {"deploy.env": marked})))
    assert done.code == 1, done
    assert "asks to set aside" in done.summary


def test_a_settings_file_of_the_change_has_no_say(repo: GitRepo) -> None:
    settings = "severity_overrides:\n  - paths: ['**']\n    severity: info\n"
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, {"deploy.env": LINE, ".auditor.yml": settings})))
    assert done.code == 1, done
    assert ".auditor.yml` is changed here" in done.summary


def test_a_broken_settings_file_of_the_change_stops_nothing(repo: GitRepo) -> None:
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, {".auditor.yml": "{", "openness.yml": "["})))
    assert done.code == 0, done
    assert "is not valid" in done.summary


def test_a_change_of_a_workflow_is_shown_to_the_reviewer(repo: GitRepo) -> None:
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, {".github/workflows/ci.yml": "on: push\n"})))
    assert ".github/workflows/ci.yml` is changed here" in done.summary


def test_on_a_public_repository_history_is_counted_and_not_shown(repo: GitRepo) -> None:
    steps = topic(repo, {"old-name.env": LINE}, {"old-name.env": None}, {"now.env": OTHER_LINE})
    reports = repo.path.parent / "reports"
    done = run_ci(repo, "pull_request", pull_payload(*steps, private=False), f"--reports={reports}")
    assert done.code == 1, done
    everything = done.out + done.summary + (reports / "report.json").read_text()
    assert "old-name.env" not in everything
    assert "now.env" in done.out
    assert "now.env" in done.summary


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("new", 1), ("any", 1), ("blocking", 1)])
def test_the_user_chooses_what_fails(repo: GitRepo, fail_on: str, code: int) -> None:
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, {"deploy.env": LINE})), f"--fail-on={fail_on}")
    assert done.code == code, done
    assert done.outputs["new-findings"] == "1"


def test_a_module_of_the_scanned_repository_is_never_imported(repo: GitRepo) -> None:
    trap = "import pathlib\npathlib.Path(__file__).with_name('ran').touch()\n"
    done = run_ci(repo, "pull_request", pull_payload(*topic(repo, {"csv.py": trap, "json.py": trap, "auditor.py": trap})))
    assert done.code == 0, done
    assert not (repo.path / "ran").exists()
