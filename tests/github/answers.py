"""The answers that a well-kept repository gives, made from GitHub's published examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.github.published import Published


def owner(name: str, kind: str) -> dict[str, Any]:
    """An account as other answers mention it."""
    places = ("followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events", "received_events")
    address = f"https://api.github.example/users/{name}"
    return {
        "login": name,
        "id": 1,
        "node_id": "MDQ6VXNlcjE=",
        "avatar_url": "https://github.example/images/octocat.gif",
        "gravatar_id": "",
        "url": address,
        "html_url": f"https://github.example/{name}",
        **{f"{place}_url": f"{address}/{place}" for place in places},
        "type": kind,
        "site_admin": False,
    }


def repository(api: Published, full_name: str, *, full: bool) -> dict[str, Any]:
    """A private repository of an organisation, as its own page or a list shows it."""
    account, _, name = full_name.partition("/")
    made: dict[str, Any] = api.example("/repos/{owner}/{repo}") if full else api.example("/orgs/{org}/repos")[0]
    for extra in ("source", "parent", "template_repository", "organization"):
        made.pop(extra, None)
    return made | {
        "name": name,
        "full_name": full_name,
        "owner": owner(account, "Organization"),
        "html_url": f"https://github.example/{full_name}",
        "clone_url": f"https://github.example/{full_name}.git",
        "description": "Checks who may have a benefit",
        "private": True,
        "visibility": "private",
        "archived": False,
        "fork": False,
        "topics": ["benefits"],
        "default_branch": "main",
        "pushed_at": "2026-11-20T10:00:00Z",
        "size": 12,
        "language": "Python",
        "has_issues": True,
        "has_wiki": False,
        "permissions": {"admin": True, "maintain": True, "push": True, "triage": True, "pull": True},
        "security_and_analysis": {
            "secret_scanning": {"status": "enabled"},
            "secret_scanning_push_protection": {"status": "enabled"},
        },
    }


def _counted(name: str) -> dict[str, Any]:
    return {"total_count": 0, name: []}


DEFAULTS: Final[dict[str, Any]] = {
    "/rules/branches/{branch}": [],
    "/private-vulnerability-reporting": {"enabled": True},
    "/vulnerability-alerts": None,
    "/automated-security-fixes": {"enabled": True, "paused": False},
    "/dependabot/alerts": [],
    "/code-scanning/alerts": [],
    "/secret-scanning/alerts": [],
    "/secret-scanning/alerts/{alert_number}/locations": [],
    "/codeowners/errors": {"errors": []},
    "/keys": [],
    "/hooks": [],
    "/actions/permissions": {"enabled": True, "allowed_actions": "selected", "sha_pinning_required": True},
    "/actions/permissions/workflow": {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": False},
    "/actions/secrets": _counted("secrets"),
    "/dependabot/secrets": _counted("secrets"),
    "/actions/runs": _counted("workflow_runs"),
    "/actions/artifacts": _counted("artifacts"),
    "/actions/runners": _counted("runners"),
    "/issues": [],
    "/issues/comments": [],
    "/issues/{issue_number}/comments": [],
    "/pulls": [],
    "/pulls/comments": [],
    "/comments": [],
    "/releases": [],
}
