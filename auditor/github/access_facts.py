"""Who and what can act on a repository: keys, hooks, stored secrets, workflows, runners, and members without a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor.github.client import RefusedError
from auditor.github.permissions import ACTIONS, ADMINISTRATION, OWNER
from auditor.github.reading import host_of, moment, name, total
from auditor.model.forge import Actions, DeployKey, Hidden, Hook, Runs, SecondFactor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditor.github.client import Client

_ONE = {"per_page": 1}


def deploy_keys(client: Client, kept: Mapping[str, Any]) -> tuple[DeployKey, ...]:
    """Return the deploy keys."""
    listed = client.items(f"/repos/{kept['full_name']}/keys", keep=_key)
    return tuple(DeployKey(**{**one, "last_used": moment(one["last_used"])}) for one in listed)


def _key(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    return {"title": str(one.get("title") or ""), "read_only": bool(one["read_only"]), "last_used": one.get("last_used")}


def hooks(client: Client, kept: Mapping[str, Any]) -> tuple[Hook, ...]:
    """Return the hooks, without their addresses."""
    listed = client.items(f"/repos/{kept['full_name']}/hooks", keep=_hook)
    return tuple(Hook(**{**one, "events": tuple(one["events"])}) for one in listed)


def _hook(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    config = one.get("config") or {}
    return {
        "host": host_of(config.get("url")),
        "active": bool(one["active"]),
        "events": [str(event) for event in one["events"]],
        "signed": bool(config.get("secret")),
        "verifies_tls": str(config.get("insecure_ssl", "0")) in {"0", "False", "false"},
    }


def stored_secrets(client: Client, kept: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the secrets that workflows get; values cannot be read by anybody."""
    return tuple(client.items(f"/repos/{kept['full_name']}/actions/secrets", keep=name, under="secrets"))


def dependabot_secrets(client: Client, kept: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the secrets that Dependabot gets."""
    return tuple(client.items(f"/repos/{kept['full_name']}/dependabot/secrets", keep=name, under="secrets"))


def actions(client: Client, kept: Mapping[str, Any]) -> Actions:
    """Return what workflows may do."""
    path = f"/repos/{kept['full_name']}/actions/permissions"
    found = client.get(path, keep=_permissions)
    if not found["enabled"]:
        return Actions(enabled=False)
    try:
        token = client.get(f"{path}/workflow", keep=_workflow)
        return Actions(**found, token_writes=token["writes"], approves_pull_requests=token["approves"])
    except RefusedError as error:
        hidden = error.hidden(ADMINISTRATION)
        return Actions(**found, token_writes=hidden, approves_pull_requests=hidden)


def _permissions(answer: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    return {
        "enabled": bool(answer["enabled"]),
        "allowed": str(answer.get("allowed_actions") or ""),
        "pinning_required": bool(answer.get("sha_pinning_required")),
    }


def _workflow(answer: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    return {
        "writes": answer["default_workflow_permissions"] == "write",
        "approves": bool(answer["can_approve_pull_request_reviews"]),
    }


def runs(client: Client, kept: Mapping[str, Any]) -> Runs:
    """Count the runs and artefacts that are kept."""
    path = f"/repos/{kept['full_name']}/actions"
    count = client.get(f"{path}/runs", keep=total, parameters=_ONE)
    try:
        artefacts: int | Hidden = client.get(f"{path}/artifacts", keep=total, parameters=_ONE)
    except RefusedError as error:
        artefacts = error.hidden(ACTIONS)
    return Runs(count, artefacts)


def own_runners(client: Client, kept: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the organisation's own machines that are registered for this repository."""
    return tuple(client.items(f"/repos/{kept['full_name']}/actions/runners", keep=name, under="runners"))


def second_factor(client: Client, owner: str) -> SecondFactor | Hidden:
    """Tell whether the organisation demands a second factor, and how many members have none; owners are told."""
    required = _tried(lambda: client.get(f"/orgs/{owner}", keep=_demands))
    if required is None:
        required = Hidden("the answer does not hold it", OWNER)
    without = _tried(lambda: sum(client.items(f"/orgs/{owner}/members", keep=_one, parameters={"filter": "2fa_disabled"})))
    if isinstance(required, Hidden) and isinstance(without, Hidden):
        return required
    return SecondFactor(required, without if without is not None else 0)


def _tried(ask: Callable[[], Any]) -> Any:  # noqa: ANN401  what was asked for
    try:
        return ask()
    except RefusedError as error:
        # GitHub answers 422 to those who are no owners.
        return Hidden(error.reason, OWNER) if error.status in {401, 403, 404, 422} and not error.limited else Hidden(error.reason)


def _demands(answer: Any) -> bool | None:  # noqa: ANN401  JSON
    found = answer.get("two_factor_requirement_enabled")
    return None if found is None else bool(found)


def _one(_: Any) -> int:  # noqa: ANN401  JSON
    return 1
