"""From what a forge says about a run to what is looked at: one pure function for each forge, no git, no network.

Everything here comes from outside and is judged as such: a commit id is hexadecimal or it is nothing, and a branch name is
only ever used behind `refs/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

_OID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_BRANCH: Final = re.compile(r"(?!.*(?:\.\.|//|@\{|/\.))[^\x00-\x20~^:?*\[\\\x7f]+(?<![/.])\Z")
_HEADS: Final = "refs/heads/"
_TAGS: Final = "refs/tags/"


class Scope(StrEnum):
    """How much of the repository a run looks at."""

    FULL = "full"
    CHANGES = "changes"
    NOTHING = "nothing"


class Mode(StrEnum):
    """What the user asked for: `auto` leaves it to the event."""

    AUTO = "auto"
    CHANGES = "changes"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run looks at, before git was asked.

    `base` and `head` bound the range; an empty or unknown `base` means: since the range left `branch`, the default or target
    branch, unless the run is on that very branch (`on_default`), where everything is looked at instead.
    `governed` says that configuration, baselines and openness.yml of the base count, not those of the head; `settled` names
    another commit than the base for that.
    `judges_addition` is true where only what is added can fail the run. `why` is one sentence for the log.
    """

    scope: Scope
    why: str
    base: str = ""
    head: str = ""
    branch: str = ""
    on_default: bool = False
    governed: bool = False
    settled: str = ""
    judges_addition: bool = False
    number: int = 0
    public: bool = False
    fork: bool = False


def from_github(event: str, payload: Mapping[str, Any], mode: Mode = Mode.AUTO) -> Plan:
    """Map a GitHub event to what is looked at."""
    reader = {
        "pull_request": _pull_request,
        "pull_request_target": _pull_request,
        "merge_group": _merge_group,
        "push": _push,
        "workflow_run": _workflow_run,
    }.get(event, _everything)
    repository = _map(payload, "repository")
    plan = replace(
        reader(event, payload),
        # Where the payload does not say that it is private, what is shown is what may be public.
        public=repository.get("private") is not True,
    )
    if not plan.branch:
        plan = replace(plan, branch=_branch(repository.get("default_branch")))
    return _forced(plan, mode)


def _pull_request(event: str, payload: Mapping[str, Any]) -> Plan:
    pull = _map(payload, "pull_request")
    base, head = _map(pull, "base"), _map(pull, "head")
    number = pull.get("number")
    ours, theirs = _map(base, "repo").get("full_name"), _map(head, "repo").get("full_name")
    return Plan(
        Scope.CHANGES,
        f"{event}: the commits of the pull request, judged by the settings of its base",
        base=_oid(base.get("sha")),
        head=_oid(head.get("sha")),
        branch=_branch(base.get("ref")),
        governed=True,
        judges_addition=True,
        number=number if isinstance(number, int) else 0,
        fork=ours != theirs,
    )


def _merge_group(event: str, payload: Mapping[str, Any]) -> Plan:
    group = _map(payload, "merge_group")
    return Plan(
        Scope.CHANGES,
        f"{event}: the commits of the merge group",
        base=_oid(group.get("base_sha")),
        head=_oid(group.get("head_sha")),
        branch=_branch(str(group.get("base_ref") or "").removeprefix(_HEADS)),
        governed=True,
        judges_addition=True,
    )


def _push(event: str, payload: Mapping[str, Any]) -> Plan:
    ref = str(payload.get("ref") or "")
    after = _oid(payload.get("after"))
    if payload.get("deleted") is True or not after:
        return Plan(Scope.NOTHING, f"{event}: a deleted ref holds nothing to look at")
    default = _branch(_map(payload, "repository").get("default_branch"))
    kind = "tag" if ref.startswith(_TAGS) else "branch"
    return Plan(
        Scope.CHANGES,
        f"{event}: the commits pushed to the {kind}",
        base=_oid(payload.get("before")),
        head=after,
        branch=default,
        on_default=bool(default) and ref == _HEADS + default,
    )


def _workflow_run(event: str, payload: Mapping[str, Any]) -> Plan:
    run = _map(payload, "workflow_run")
    pulls = run.get("pull_requests")
    pull = pulls[0] if isinstance(pulls, list) and pulls and isinstance(pulls[0], Mapping) else {}
    number = pull.get("number")
    branch = _branch(_map(pull, "base").get("ref")) or _branch(_map(payload, "repository").get("default_branch"))
    same = _map(run, "head_repository").get("full_name") == _map(payload, "repository").get("full_name")
    on_default = same and not pull and run.get("head_branch") == branch
    return Plan(
        Scope.FULL if on_default else Scope.CHANGES,
        f"{event}: the commits that the other workflow ran for, as data",
        base=_oid(_map(pull, "base").get("sha")),
        head=_oid(run.get("head_sha")),
        branch=branch,
        governed=not on_default,
        judges_addition=not on_default,
        number=number if isinstance(number, int) else 0,
        fork=not same,
    )


def _everything(event: str, payload: Mapping[str, Any]) -> Plan:
    del payload
    return Plan(Scope.FULL, f"{event or 'no event'}: the full history of every ref, and every check")


def from_gitlab(variables: Mapping[str, str], mode: Mode = Mode.AUTO) -> Plan:
    """Map the variables of a GitLab pipeline to what is looked at."""
    source = variables.get("CI_PIPELINE_SOURCE", "")
    default = _branch(variables.get("CI_DEFAULT_BRANCH"))
    public = variables.get("CI_PROJECT_VISIBILITY") not in {"private", "internal"}
    head = _oid(variables.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA")) or _oid(variables.get("CI_COMMIT_SHA"))
    if source == "merge_request_event":
        target, project = variables.get("CI_MERGE_REQUEST_PROJECT_ID"), variables.get("CI_MERGE_REQUEST_SOURCE_PROJECT_ID")
        plan = Plan(
            Scope.CHANGES,
            "merge request: its commits, judged by the settings of its target",
            base=_oid(variables.get("CI_MERGE_REQUEST_TARGET_BRANCH_SHA")) or _oid(variables.get("CI_MERGE_REQUEST_DIFF_BASE_SHA")),
            head=head,
            branch=_branch(variables.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")) or default,
            governed=True,
            judges_addition=True,
            fork=target != project,
        )
    elif source == "push":
        plan = Plan(
            Scope.CHANGES,
            "push: the commits pushed",
            base=_oid(variables.get("CI_COMMIT_BEFORE_SHA")),
            head=head,
            branch=default,
            on_default=bool(default) and variables.get("CI_COMMIT_BRANCH") == default,
        )
    else:
        plan = Plan(Scope.FULL, f"{source or 'pipeline'}: the full history of every ref, and every check")
    return _forced(replace(plan, public=public, branch=plan.branch or default), mode)


def from_azure(variables: Mapping[str, str], mode: Mode = Mode.AUTO) -> Plan:
    """Map the variables of an Azure pipeline to what is looked at; a push does not say where it began."""
    reason = variables.get("BUILD_REASON", "")
    target = _branch(variables.get("SYSTEM_PULLREQUEST_TARGETBRANCH", "").removeprefix(_HEADS))
    if reason == "PullRequest":
        plan = Plan(
            Scope.CHANGES,
            "pull request: its commits, judged by the settings of its target",
            head=_oid(variables.get("SYSTEM_PULLREQUEST_SOURCECOMMITID")),
            branch=target,
            governed=True,
            judges_addition=True,
            fork=variables.get("SYSTEM_PULLREQUEST_ISFORK", "").lower() == "true",
        )
    else:
        plan = Plan(Scope.FULL, f"{reason or 'build'}: the full history of every ref, and every check")
    return _forced(replace(plan, public=variables.get("SYSTEM_TEAMPROJECTVISIBILITY", "") == "public"), mode)


def _forced(plan: Plan, mode: Mode) -> Plan:
    """Apply the user's choice; whose settings count stays as it is, whatever the choice."""
    if mode is Mode.AUTO or plan.scope is Scope.NOTHING:
        return plan
    return replace(plan, scope=Scope.FULL if mode is Mode.FULL else Scope.CHANGES)


def _oid(value: object) -> str:
    """Return a commit id, empty for anything else and for the id of zeros that stands for no commit."""
    text = value if isinstance(value, str) else ""
    return text if _OID.match(text) and text.strip("0") else ""


def _branch(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return text if _BRANCH.match(text) and not text.startswith("-") else ""


def _map(source: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = source.get(key)
    return value if isinstance(value, Mapping) else {}
