"""What GitHub shows of a repository itself: its page, what guards its default branch, and the files that count there."""

from __future__ import annotations

import base64
import posixpath
from typing import TYPE_CHECKING, Any, Final

from auditor.github.client import RefusedError
from auditor.github.permissions import ADMINISTRATION, CONTENTS
from auditor.github.reading import moment, true, visibility_of
from auditor.model.forge import Community, Guard, Hidden, OwnersError, Protection, Scanning, Settings, Updates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditor.github.client import Client

_NOT_THERE: Final = 404
_DEFAULTS: Final = ("code_of_conduct", "contributing", "governance", "security", "support")
_PLACES: Final = ("", ".github", "docs")
_LARGEST: Final = 200_000


def page(answer: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    """Keep what is judged of the answer on the repository itself."""
    names = ("private", "visibility", "archived", "fork", "description", "topics", "homepage", "has_issues", "has_discussions")
    more = ("has_wiki", "default_branch", "pushed_at", "html_url", "permissions", "clone_url")
    kept = {key: answer.get(key) for key in (*names, *more)} | {"full_name": str(answer["full_name"])}
    kept["organisation"] = answer["owner"]["type"] != "User"
    kept["licence"] = str((answer.get("license") or {}).get("spdx_id") or "")
    found = answer.get("security_and_analysis")
    kept["scanning"] = {key: (value or {}).get("status") for key, value in found.items()} if found else None
    return kept


def settings(kept: Mapping[str, Any]) -> Settings:
    """Make settings of what was kept."""
    return Settings(
        full_name=kept["full_name"],
        visibility=visibility_of(kept),
        owned_by_organisation=kept["organisation"],
        archived=bool(kept["archived"]),
        fork=bool(kept["fork"]),
        description=str(kept["description"] or ""),
        topics=tuple(str(topic) for topic in kept["topics"] or ()),
        homepage=str(kept["homepage"] or ""),
        issues=bool(kept["has_issues"]),
        discussions=bool(kept["has_discussions"]),
        wiki=bool(kept["has_wiki"]),
        default_branch=str(kept["default_branch"] or ""),
        pushed_at=moment(kept["pushed_at"]),
        licence="" if kept["licence"] == "NOASSERTION" else kept["licence"],
    )


def scanning(_client: Client, kept: Mapping[str, Any]) -> Scanning | Hidden:
    """Tell whether secret scanning is on; GitHub shows it to those who administer the repository."""
    found = kept["scanning"]
    if not found or found.get("secret_scanning") is None:
        return Hidden("the answer does not hold it", ADMINISTRATION)
    on = {feature for feature, status in found.items() if status == "enabled"}
    return Scanning("secret_scanning" in on, "secret_scanning_push_protection" in on)


def private_reporting(client: Client, kept: Mapping[str, Any]) -> bool:
    """Tell whether a finder can report in private."""
    return client.get(f"/repos/{kept['full_name']}/private-vulnerability-reporting", keep=_enabled)


def updates(client: Client, kept: Mapping[str, Any]) -> Updates:
    """Tell whether dependencies are watched, and whether fixes are proposed."""
    path = f"/repos/{kept['full_name']}"
    try:
        watched = client.get(f"{path}/vulnerability-alerts", keep=true)
    except RefusedError as error:
        # One status for two things: it is off, or the token may not know. Those who administer the repository are told.
        if error.status != _NOT_THERE or not ((kept["permissions"] or {}).get("admin") or "disabled" in error.message):
            raise
        watched = False
    try:
        fixes: bool | Hidden = client.get(f"{path}/automated-security-fixes", keep=_enabled)
    except RefusedError as error:
        fixes = error.hidden(ADMINISTRATION)
    return Updates(watched, fixes)


def _enabled(answer: Any) -> bool:  # noqa: ANN401  JSON
    return bool(answer["enabled"])


def protection(client: Client, kept: Mapping[str, Any]) -> Protection:
    """Collect the rulesets and the branch protection of the default branch."""
    path, branch = f"/repos/{kept['full_name']}", kept["default_branch"]
    guards = _rulesets(client, path, branch)
    try:
        guards.append(Guard(**_tupled(client.get(f"{path}/branches/{branch}/protection", keep=_classic))))
    except RefusedError as error:
        return Protection(tuple(guards), _unseen(client, f"{path}/branches/{branch}", error))
    return Protection(tuple(guards))


def _unseen(client: Client, branch: str, error: RefusedError) -> Hidden | None:
    """Say why there may be a guard that was not seen; None where there is none.

    That a branch is protected is told to every reader; how, to those who administer the repository.
    """
    if "branch not protected" in error.message:
        return None
    hidden = error.hidden(ADMINISTRATION)
    return hidden if not hidden.permission or client.get(branch, keep=_protected) else None


def _rulesets(client: Client, path: str, branch: str) -> list[Guard]:
    by_set: dict[int, list[dict[str, Any]]] = {}
    for rule in client.items(f"{path}/rules/branches/{branch}", keep=_rule):
        by_set.setdefault(rule["ruleset"], []).append(rule)
    guards = []
    for number, rules in by_set.items():
        kinds = {rule["type"] for rule in rules}
        pulls = [rule for rule in rules if rule["type"] == "pull_request"]
        guards.append(
            Guard(
                name=f"ruleset {number}",
                reviews=max((rule["reviews"] for rule in pulls), default=0),
                dismiss_stale=any(rule["dismiss_stale"] for rule in pulls),
                blocks_force_push="non_fast_forward" in kinds,
                blocks_deletion="deletion" in kinds,
                signatures="required_signatures" in kinds,
                bypass=_bypass(client, path, number),
            )
        )
    return guards


def _rule(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    parameters = one.get("parameters") or {}
    return {
        "type": str(one["type"]),
        "ruleset": int(one.get("ruleset_id") or 0),
        "reviews": int(parameters.get("required_approving_review_count") or 0),
        "dismiss_stale": bool(parameters.get("dismiss_stale_reviews_on_push")),
    }


def _bypass(client: Client, path: str, number: int) -> tuple[str, ...] | None:
    try:
        actors = client.get(f"{path}/rulesets/{number}", keep=_actors)
    except RefusedError:
        return None
    return None if actors is None else tuple(actors)


def _actors(answer: Any) -> list[str] | None:  # noqa: ANN401  JSON
    actors = answer.get("bypass_actors")
    if actors is None:
        return None
    words = {
        "OrganizationAdmin": "owners of the organisation",
        "RepositoryRole": "a role in the repository",
        "Team": "a team",
        "Integration": "an app",
        "DeployKey": "deploy keys",
    }
    always = [a for a in actors if a.get("bypass_mode") != "pull_request"]
    return sorted({words.get(str(a["actor_type"]), str(a["actor_type"])) for a in always})


def _classic(answer: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    reviews = answer.get("required_pull_request_reviews") or {}

    def on(key: str) -> bool:
        return bool((answer.get(key) or {}).get("enabled"))

    return {
        "name": "branch protection",
        "reviews": int(reviews.get("required_approving_review_count") or 0),
        "dismiss_stale": bool(reviews.get("dismiss_stale_reviews")),
        "blocks_force_push": not on("allow_force_pushes"),
        "blocks_deletion": not on("allow_deletions"),
        "signatures": on("required_signatures"),
        "bypass": [] if on("enforce_admins") else ["administrators"],
    }


def _tupled(kept: dict[str, Any]) -> dict[str, Any]:
    return kept | {"bypass": tuple(kept["bypass"])}


def _protected(answer: Any) -> bool:  # noqa: ANN401  JSON
    return bool(answer["protected"])


def community(client: Client, kept: Mapping[str, Any]) -> Community | Hidden:
    """Return the community profile."""
    if kept["fork"]:
        return Hidden("GitHub makes none for forks")
    health, files = client.get(f"/repos/{kept['full_name']}/community/profile", keep=_profile)
    return Community(health, tuple((kind, address) for kind, address in files))


def _profile(answer: Any) -> tuple[int, list[tuple[str, str]]]:  # noqa: ANN401  JSON
    files = answer["files"]
    found = [(str(kind), str(file.get("html_url") or "")) for kind, file in sorted(files.items()) if file]
    return int(answer["health_percentage"]), found


def owners_errors(client: Client, kept: Mapping[str, Any]) -> tuple[OwnersError, ...]:
    """Return the lines of CODEOWNERS that GitHub refuses; none where there is no such file."""
    try:
        found = client.get(f"/repos/{kept['full_name']}/codeowners/errors", keep=_owners_errors)
    except RefusedError as error:
        if error.status != _NOT_THERE:
            raise
        return ()
    return tuple(OwnersError(**one) for one in found)


def _owners_errors(answer: Any) -> list[dict[str, Any]]:  # noqa: ANN401  JSON
    return [
        {
            "path": str(one["path"]),
            "line": int(one["line"]),
            "kind": str(one["kind"]),
            "message": str(one.get("suggestion") or ""),
        }
        for one in answer["errors"]
    ]


def default_files(client: Client, owner: str) -> tuple[tuple[str, str], ...] | Hidden:
    """Return the files that an account gives to all its repositories: those of its public repository `.github`."""
    path, found = f"/repos/{owner}/.github", list[tuple[str, str]]()
    try:
        if client.get(path, keep=_is_private):
            return ()
        for place in _PLACES:
            found.extend(_files(client, f"{path}/contents/{place}"))
    except RefusedError as error:
        return () if error.status == _NOT_THERE else error.hidden(CONTENTS)
    return tuple(found)


def _is_private(answer: Any) -> bool:  # noqa: ANN401  JSON
    return bool(answer["private"])


def _files(client: Client, folder: str) -> list[tuple[str, str]]:
    try:
        listed = client.get(folder, keep=_listed)
    except RefusedError as error:
        if error.status == _NOT_THERE:
            return []
        raise
    wanted = [p for p in listed if posixpath.splitext(posixpath.basename(p))[0].lower().replace("-", "_") in _DEFAULTS]
    base = folder.partition("/contents")[0]
    return [(path, client.get(f"{base}/contents/{path}", keep=_text)) for path in wanted]


def _listed(answer: Any) -> list[str]:  # noqa: ANN401  JSON
    return [str(one["path"]) for one in answer if one["type"] == "file" and int(one["size"]) <= _LARGEST]


def _text(answer: Any) -> str:  # noqa: ANN401  JSON
    return base64.b64decode(str(answer["content"])).decode("utf-8", "replace")
