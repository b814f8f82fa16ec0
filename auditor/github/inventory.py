"""The repositories of an organisation or a person, filtered, and what of the list the token may not see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import RemoteError, UsageError
from auditor.github.client import RefusedError
from auditor.github.permissions import CUSTOM_PROPERTIES, MEMBERS, METADATA
from auditor.github.reading import moment, visibility_of
from auditor.model.organisation import ListedRepository, NotVisible, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditor.github.client import Client

_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})\Z")
_SLUG: Final = re.compile(r"[\w.-]{1,100}\Z")
_NOT_THERE: Final = 404


@dataclass(frozen=True, slots=True)
class Selection:
    """Which repositories are wanted: one that fits all of it.

    `topics`: has one of them. `team`: the slug of a team that has access. `archived`: None takes both sorts. `exclude`: patterns
    for `name` or `owner/name`. `unit_property` is the custom property that names the business unit, `unit_topic` the beginning of
    the topics that do. `with_teams` asks for the repositories of every team, one question for each.
    """

    topics: tuple[str, ...] = ()
    team: str = ""
    visibility: Visibility | None = None
    archived: bool | None = None
    exclude: tuple[str, ...] = ()
    unit_property: str = "business_unit"
    unit_topic: str = "unit-"
    with_teams: bool = False

    def wants(self, one: ListedRepository) -> bool:
        """Tell whether a repository fits."""
        name = one.full_name.lower()
        return (
            (not self.topics or bool({t.lower() for t in self.topics} & set(one.topics)))
            and self.visibility in {None, one.visibility}
            and self.archived in {None, one.archived}
            and not any(fnmatchcase(text, glob.lower()) for glob in self.exclude for text in (name, name.rpartition("/")[2]))
        )


def list_repositories(
    client: Client, owner: str, selection: Selection | None = None, *, not_visible: list[NotVisible] | None = None
) -> Iterator[ListedRepository]:
    """Yield the repositories of an organisation or a person, by name.

    Args:
        client: asks.
        owner: the name of the account.
        selection: which are wanted; all when None.
        not_visible: gets what the token may not see; complete when the iteration ends.

    Raises:
        UsageError: that is not the name of an account or team.
        RemoteError: there is no such account for this token, or the list broke off: an incomplete list is no inventory.
    """
    selection = selection or Selection()
    missing = not_visible if not_visible is not None else []
    _checked(owner, selection.team)
    try:
        account = _account(client, owner)
        units = _units(client, owner, selection, missing) if account["organisation"] else {}
        teams = _teams(client, owner, selection, missing) if account["organisation"] else {}
        counts: dict[Visibility, int] = {}
        path, order = _list_path(client, owner, account, selection), _order(account, selection)
        for kept in client.items(path, keep=_kept, parameters=order):
            listed = _listed(kept, selection, units, teams)
            if listed.full_name.lower().partition("/")[0] != owner.lower():
                continue
            counts[listed.visibility] = counts.get(listed.visibility, 0) + 1
            if selection.wants(listed):
                yield listed
    except RefusedError as error:
        msg = f"The repositories of {owner} could not be listed as {client.access.how}: {error.reason}."
        hint = f"The token needs {METADATA}." if error.status in {401, 403, 404} else "Try again later."
        raise RemoteError(msg, hint=hint) from None
    if not selection.team:
        missing.extend(_unlisted(account, counts))
    if client.partial:
        missing.append(NotVisible("repositories of some organisations", "", client.partial))


def _checked(owner: str, team: str) -> None:
    if not _NAME.match(owner):
        msg = "That is not the name of an account on GitHub."
        raise UsageError(msg, hint="Write the name alone, as it stands in addresses: alphagov.")
    if team and not _SLUG.match(team):
        msg = "That is not the short name of a team."
        raise UsageError(msg, hint="Write it as it stands in the team's address.")


def _account(client: Client, owner: str) -> dict[str, Any]:
    """Return the facts of the account that the list is held against."""
    try:
        return client.get(f"/orgs/{owner}", keep=_facts)
    except RefusedError as error:
        if error.status != _NOT_THERE:
            raise
    account = dict(client.get(f"/users/{owner}", keep=_facts))
    if client.access.token:
        try:
            account["self"] = client.get("/user", keep=_login) == owner.lower()
        except RefusedError:
            account["self"] = False  # the token of an App is nobody's
    return account


def _list_path(client: Client, owner: str, account: Mapping[str, Any], selection: Selection) -> str:
    if not account["organisation"]:
        return "/user/repos" if account["self"] else f"/users/{owner}/repos"
    if not selection.team:
        return f"/orgs/{owner}/repos"
    path = f"/orgs/{owner}/teams/{selection.team}/repos"
    try:
        client.get(f"/orgs/{owner}/teams/{selection.team}", keep=_slug)
    except RefusedError as error:
        if error.status != _NOT_THERE:
            raise
        msg = f"There is no team {selection.team} in {owner} for {client.access.how}."
        raise RemoteError(msg, hint=f"Check its short name; the token needs {MEMBERS}.") from None
    return path


def _order(account: Mapping[str, Any], selection: Selection) -> dict[str, str]:
    """Order by name, so that a new repository does not move all the others to other pages."""
    if selection.team:
        return {}
    if account["self"]:
        return {"sort": "full_name", "affiliation": "owner"}
    return {"sort": "full_name", "type": "all" if account["organisation"] else "owner"}


def _kept(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    names = ("full_name", "clone_url", "html_url", "archived", "fork", "private", "visibility", "topics", "default_branch")
    return {name: one.get(name) for name in (*names, "pushed_at", "description", "size")} | {"full_name": str(one["full_name"])}


def _listed(
    kept: Mapping[str, Any], selection: Selection, units: Mapping[str, str], teams: Mapping[str, list[str]]
) -> ListedRepository:
    name = kept["full_name"]
    topics = tuple(str(topic) for topic in kept["topics"] or ())
    by_topic = next((t.removeprefix(selection.unit_topic) for t in topics if t.startswith(selection.unit_topic)), "")
    return ListedRepository(
        full_name=name,
        clone_url=str(kept["clone_url"] or ""),
        visibility=visibility_of(kept),
        archived=bool(kept["archived"]),
        fork=bool(kept["fork"]),
        topics=topics,
        teams=tuple(sorted(teams.get(name.lower(), ()))),
        unit=units.get(name.lower(), "") or by_topic,
        default_branch=str(kept["default_branch"] or ""),
        pushed_at=moment(kept["pushed_at"]),
        description=str(kept["description"] or ""),
        web_url=str(kept["html_url"] or ""),
        size=int(kept["size"] or 0) * 1024,
    )


def _units(client: Client, owner: str, selection: Selection, missing: list[NotVisible]) -> dict[str, str]:
    """Return the business unit of each repository that has the property."""
    if not selection.unit_property:
        return {}
    wanted, found = selection.unit_property, dict[str, str]()
    try:
        for name, values in client.items(f"/orgs/{owner}/properties/values", keep=_properties):
            if values.get(wanted):
                found[name] = ", ".join(values[wanted])
    except RefusedError as error:
        missing.append(_not_visible("business units", error, CUSTOM_PROPERTIES))
    return found


def _properties(one: Any) -> tuple[str, dict[str, list[str]]]:  # noqa: ANN401  JSON
    values = {str(p["property_name"]): p["value"] for p in one["properties"] if p["value"]}
    texts = {name: [str(v) for v in value] if isinstance(value, list) else [str(value)] for name, value in values.items()}
    return str(one["repository_full_name"]).lower(), texts


def _full_name(one: Any) -> str:  # noqa: ANN401  JSON
    return str(one["full_name"])


def _slug(one: Any) -> str:  # noqa: ANN401  JSON
    return str(one["slug"])


def _login(one: Any) -> str:  # noqa: ANN401  JSON
    return str(one["login"]).lower()


def _facts(answer: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    return {
        "organisation": answer.get("type") != "User",
        "public": int(answer.get("public_repos") or 0),
        "private": answer.get("total_private_repos"),
        "self": False,
    }


def _teams(client: Client, owner: str, selection: Selection, missing: list[NotVisible]) -> dict[str, list[str]]:
    """Return the teams of each repository."""
    found: dict[str, list[str]] = {}
    if not (selection.with_teams or selection.team):
        return found
    try:
        listed = client.items(f"/orgs/{owner}/teams", keep=_slug) if selection.with_teams else ()
        for slug in sorted({*listed, *filter(None, [selection.team])}):
            for name in client.items(f"/orgs/{owner}/teams/{slug}/repos", keep=_full_name):
                found.setdefault(name.lower(), []).append(slug)
    except RefusedError as error:
        missing.append(_not_visible("teams", error, MEMBERS))
    return found


def _unlisted(account: Mapping[str, Any], counts: Mapping[Visibility, int]) -> Iterator[NotVisible]:
    """Say which repositories there are, or may be, beside those of the list."""
    closed = counts.get(Visibility.PRIVATE, 0) + counts.get(Visibility.INTERNAL, 0)
    wanted = f"{METADATA}, for all repositories of the organisation"
    private = account["private"]
    if private is None and not closed and not account["self"]:
        yield NotVisible("private and internal repositories", "", "the token may not see whether there are any", wanted)
    elif private is not None and int(private) > closed:
        yield NotVisible("private and internal repositories", "", f"{int(private) - closed} are not in the list", wanted)
    lacking = account["public"] - counts.get(Visibility.PUBLIC, 0)
    if lacking > 0:
        yield NotVisible("public repositories", "", f"{lacking} are not in the list", wanted)


def _not_visible(what: str, error: RefusedError, permission: str) -> NotVisible:
    return NotVisible(what, "", error.reason, error.hidden(permission).permission)
