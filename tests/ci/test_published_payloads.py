"""GitHub's published webhook examples: every one gives a plan, and the right one.

They are the npm package @octokit/webhooks-examples; AUDITOR_WEBHOOK_EXAMPLES may name another api.github.com/index.json.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from auditor.ci.events import Scope, from_github
from tests.npm import package_file


@cache
def published() -> list[dict[str, Any]]:
    path = package_file("@octokit/webhooks-examples/api.github.com/index.json", override="AUDITOR_WEBHOOK_EXAMPLES")
    found: list[dict[str, Any]] = json.loads(path.read_bytes())
    return found


def examples(event: str) -> list[dict[str, Any]]:
    found = [example for entry in published() if entry["name"] == event for example in entry["examples"]]
    assert found
    return found


def test_pull_requests() -> None:
    for payload in examples("pull_request"):
        plan, pull = from_github("pull_request", payload), payload["pull_request"]
        assert (plan.base, plan.head, plan.number) == (pull["base"]["sha"], pull["head"]["sha"], pull["number"])
        assert plan.public is not payload["repository"]["private"]


def test_pushes() -> None:
    for payload in examples("push"):
        plan = from_github("push", payload)
        assert (plan.scope is Scope.NOTHING) is payload["deleted"]
        assert plan.scope is Scope.NOTHING or plan.head == payload["after"]


def test_merge_groups() -> None:
    for payload in examples("merge_group"):
        plan, group = from_github("merge_group", payload), payload["merge_group"]
        assert (plan.base, plan.head, plan.branch) == (group["base_sha"], group["head_sha"], group["base_ref"].rpartition("/")[2])


def test_other_workflows() -> None:
    for payload in examples("workflow_run"):
        assert from_github("workflow_run", payload).head == payload["workflow_run"]["head_sha"]


@pytest.mark.parametrize("event", ["release", "workflow_dispatch"])
def test_everything_is_looked_at(event: str) -> None:
    for payload in examples(event):
        assert from_github(event, payload).scope is Scope.FULL
