"""GitHub's published webhook examples, where they are at hand: every one gives a plan, and the right one.

They are the npm package @octokit/webhooks-examples; AUDITOR_WEBHOOK_EXAMPLES names its api.github.com/index.json.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from auditor.ci.events import Scope, from_github

NAME = os.environ.get("AUDITOR_WEBHOOK_EXAMPLES", "")
pytestmark = pytest.mark.skipif(not NAME, reason="AUDITOR_WEBHOOK_EXAMPLES names no file")


def examples(event: str) -> list[dict[str, Any]]:
    published = json.loads(Path(NAME).read_bytes())
    return [example for entry in published if entry["name"] == event for example in entry["examples"]]


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
