"""The table of events, row by row; payloads carry what GitHub's published webhook examples carry, in the parts that are read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.ci.events import Mode, Plan, Scope, from_azure, from_github, from_gitlab

A, B = "a" * 40, "b" * 40
ZERO = "0" * 40
REPOSITORY = {"full_name": "example/service", "default_branch": "main", "private": True}


def pull(**changes: object) -> dict[str, Any]:
    request: dict[str, object] = {
        "number": 2,
        "base": {"ref": "main", "sha": A, "repo": {"full_name": "example/service"}},
        "head": {"ref": "topic", "sha": B, "repo": {"full_name": "example/service"}},
    } | changes
    return {"action": "opened", "number": 2, "pull_request": request, "repository": REPOSITORY}


def push(ref: str, before: str, after: str, **more: object) -> dict[str, Any]:
    return {"ref": ref, "before": before, "after": after, "deleted": after == ZERO, "repository": REPOSITORY, **more}


@pytest.mark.parametrize("event", ["pull_request", "pull_request_target"])
def test_pull_requests_are_judged_by_their_base(event: str) -> None:
    plan = from_github(event, pull())
    assert (plan.scope, plan.base, plan.head, plan.number) == (Scope.CHANGES, A, B, 2)
    assert plan.governed
    assert plan.judges_addition
    assert not plan.fork
    assert not plan.public


@pytest.mark.parametrize("head", [{"sha": B, "repo": {"full_name": "someone/service"}}, {"sha": B, "repo": None}])
def test_a_fork_is_one_also_when_it_was_deleted(head: dict[str, Any]) -> None:
    assert from_github("pull_request", pull(head=head)).fork


def test_a_push_is_what_came_since_before() -> None:
    plan = from_github("push", push("refs/heads/topic", A, B))
    assert (plan.scope, plan.base, plan.head, plan.on_default) == (Scope.CHANGES, A, B, False)
    assert not plan.judges_addition


def test_a_new_branch_begins_where_it_left_the_default_branch() -> None:
    plan = from_github("push", push("refs/heads/topic", ZERO, B, created=True))
    assert (plan.base, plan.head, plan.branch, plan.on_default) == ("", B, "main", False)


def test_the_first_push_of_the_default_branch_has_no_before() -> None:
    plan = from_github("push", push("refs/heads/main", ZERO, B))
    assert (plan.base, plan.on_default) == ("", True)


@pytest.mark.parametrize("ref", ["refs/heads/topic", "refs/tags/v1"])
def test_a_deleted_ref_is_nothing_to_look_at(ref: str) -> None:
    assert from_github("push", push(ref, A, ZERO)).scope is Scope.NOTHING


def test_a_tag_is_taken_like_a_new_branch() -> None:
    plan = from_github("push", push("refs/tags/v1", ZERO, B))
    assert (plan.scope, plan.base, plan.branch, plan.on_default) == (Scope.CHANGES, "", "main", False)


def test_a_merge_group_names_both_ends() -> None:
    group = {"base_sha": A, "head_sha": B, "base_ref": "refs/heads/main"}
    plan = from_github("merge_group", {"merge_group": group, "repository": REPOSITORY})
    assert (plan.base, plan.head, plan.governed, plan.judges_addition) == (A, B, True, True)


@pytest.mark.parametrize("event", ["schedule", "workflow_dispatch", "release", "something_new", ""])
def test_everything_else_looks_at_everything(event: str) -> None:
    plan = from_github(event, {"repository": REPOSITORY})
    assert plan.scope is Scope.FULL
    assert not plan.judges_addition


def test_another_workflow_of_a_fork_is_data() -> None:
    run = {"head_sha": B, "head_branch": "main", "pull_requests": [], "head_repository": {"full_name": "someone/service"}}
    plan = from_github("workflow_run", {"workflow_run": run, "repository": REPOSITORY})
    assert (plan.scope, plan.head, plan.branch) == (Scope.CHANGES, B, "main")
    assert plan.governed
    assert plan.fork


def test_another_workflow_of_the_default_branch_looks_at_everything() -> None:
    run = {"head_sha": B, "head_branch": "main", "pull_requests": [], "head_repository": {"full_name": "example/service"}}
    plan = from_github("workflow_run", {"workflow_run": run, "repository": REPOSITORY})
    assert plan.scope is Scope.FULL
    assert not plan.governed


def test_what_does_not_say_that_it_is_private_is_public() -> None:
    assert from_github("schedule", {}).public
    assert from_github("schedule", {"repository": {"private": "yes"}}).public


def test_the_mode_changes_how_much_and_never_whose_settings_count() -> None:
    plan = from_github("pull_request", pull(), Mode.FULL)
    assert plan.scope is Scope.FULL
    assert plan.governed
    assert from_github("schedule", {"repository": REPOSITORY}, Mode.CHANGES).scope is Scope.CHANGES
    assert from_github("push", push("refs/heads/x", A, ZERO), Mode.FULL).scope is Scope.NOTHING


@pytest.mark.parametrize("bad", ["--upload-pack=x", "HEAD", "A" * 40, "a" * 39, "a" * 40 + "\n", None, 7, ["a"], {}])
def test_a_commit_id_is_hexadecimal_or_nothing(bad: object) -> None:
    plan = from_github("pull_request", pull(base={"sha": bad, "ref": "main"}, head={"sha": bad}))
    assert (plan.base, plan.head) == ("", "")


@pytest.mark.parametrize("bad", ["-x", "a..b", "a b", "a\n", "x@{1}", "", None, 3])
def test_a_branch_name_is_one_or_nothing(bad: object) -> None:
    repository = REPOSITORY | {"default_branch": bad}
    assert from_github("push", push("refs/heads/topic", A, B) | {"repository": repository}).branch == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just(A),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["pull_request", "base", "head", "sha", "ref", "repository", "repo", "before", "after"]), inner
        )
    ),
    max_leaves=12,
)


@given(
    event=st.sampled_from(["pull_request", "push", "merge_group", "workflow_run", "pull_request_target", "release"]),
    payload=st.dictionaries(st.sampled_from(["pull_request", "repository", "workflow_run", "merge_group", "ref", "after"]), JSON),
)
def test_any_payload_gives_a_plan(event: str, payload: dict[str, Any]) -> None:
    assert isinstance(from_github(event, payload), Plan)


def test_a_merge_request_of_gitlab() -> None:
    plan = from_gitlab(
        {
            "CI_PIPELINE_SOURCE": "merge_request_event",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": A,
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_COMMIT_SHA": B,
            "CI_PROJECT_VISIBILITY": "internal",
        }
    )
    assert (plan.scope, plan.base, plan.head, plan.branch) == (Scope.CHANGES, A, B, "main")
    assert plan.governed
    assert not plan.public


def test_a_push_and_a_schedule_of_gitlab() -> None:
    common = {"CI_DEFAULT_BRANCH": "main", "CI_COMMIT_SHA": B, "CI_COMMIT_BEFORE_SHA": ZERO}
    plan = from_gitlab({**common, "CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "topic"})
    assert (plan.base, plan.branch, plan.on_default) == ("", "main", False)
    assert from_gitlab({**common, "CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main"}).on_default
    assert from_gitlab({**common, "CI_PIPELINE_SOURCE": "schedule"}).scope is Scope.FULL


def test_a_pull_request_and_a_build_of_azure() -> None:
    plan = from_azure(
        {
            "BUILD_REASON": "PullRequest",
            "SYSTEM_PULLREQUEST_SOURCECOMMITID": B,
            "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
        }
    )
    assert (plan.scope, plan.base, plan.head, plan.branch) == (Scope.CHANGES, "", B, "main")
    assert plan.governed
    assert from_azure({"BUILD_REASON": "Schedule"}).scope is Scope.FULL
