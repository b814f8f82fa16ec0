"""What an organisation has: 120 repositories, the filters, what the token may not see, and what an unchanged one costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from auditor.errors import RemoteError, UsageError
from auditor.github.inventory import Selection, list_repositories
from auditor.github.memory import StoredMemory
from auditor.model.organisation import Visibility
from tests.github.server import TOKEN, Denied, Fault

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.model.organisation import ListedRepository, NotVisible
    from tests.github.conftest import MakeClient
    from tests.github.server import GitHub

ORG = "example-department"


@pytest.fixture
def department(github: GitHub) -> GitHub:
    """120 repositories: every third public, every tenth archived, some with topics, units and teams."""
    github.organisation(ORG, public_repos=40, total_private_repos=80)
    for number in range(120):
        public = number % 3 == 0
        github.repository(
            f"{ORG}/service-{number:03}",
            private=not public,
            visibility="public" if public else "internal" if number % 3 == 1 else "private",
            archived=number % 10 == 0,
            topics=["benefits", "unit-payments"] if number % 5 == 0 else ["internal-tool"],
        )
    github.answers[f"/orgs/{ORG}/properties/values"] = [
        {
            "repository_id": number,
            "repository_name": f"service-{number:03}",
            "repository_full_name": f"{ORG}/service-{number:03}",
            "properties": [{"property_name": "business_unit", "value": "Digital"}],
        }
        for number in range(1, 4)
    ]
    return github


def inventory(client_of: MakeClient, missing: list[NotVisible] | None = None, **selection: Any) -> list[ListedRepository]:  # noqa: ANN401
    return list(list_repositories(client_of(), ORG, Selection(**selection), not_visible=missing))


def test_every_repository_is_listed_with_what_is_known_of_it(department: GitHub, client_of: MakeClient) -> None:
    missing: list[NotVisible] = []
    found = inventory(client_of, missing)
    assert [one.full_name for one in found] == sorted(department.repositories)
    first, second = found[:2]
    assert (first.visibility, first.archived, first.unit) == (Visibility.PUBLIC, True, "payments")
    assert (second.visibility, second.archived, second.unit) == (Visibility.INTERNAL, False, "Digital")
    assert first.clone_url == f"https://github.example/{ORG}/service-000.git"
    assert first.pushed_at is not None
    assert first.size == 12 * 1024
    assert missing == []


@pytest.mark.parametrize(
    ("selection", "count"),
    [
        ({"topics": ("benefits", "no-such")}, 24),
        ({"visibility": Visibility.PUBLIC}, 40),
        ({"visibility": Visibility.INTERNAL}, 40),
        ({"archived": True}, 12),
        ({"archived": False}, 108),
        ({"exclude": ("service-00*", f"{ORG.upper()}/service-119")}, 109),
        ({"topics": ("Benefits",), "archived": False, "visibility": Visibility.PUBLIC}, 4),
    ],
)
def test_filters(department: GitHub, client_of: MakeClient, selection: dict[str, Any], count: int) -> None:
    assert len(inventory(client_of, **selection)) == count
    assert department.wrong == []


def test_an_unchanged_organisation_costs_four_empty_answers(department: GitHub, client_of: MakeClient, tmp_path: Path) -> None:
    first = list(list_repositories(client_of(memory=StoredMemory(tmp_path)), ORG))
    department.asked.clear()
    client = client_of(memory=StoredMemory(tmp_path))
    assert list(list_repositories(client, ORG)) == first
    # The account, the units, two pages of repositories: 304 each, which GitHub does not count against the limit of requests.
    assert [asked.status for asked in department.asked] == [304] * 4
    assert (client.tally.asked, client.tally.unchanged) == (4, 4)


def team(github: GitHub, slug: str, numbers: range) -> None:
    example = github.api.example("/orgs/{org}/teams")[0]
    teams = github.answers.setdefault(f"/orgs/{ORG}/teams", [])
    teams.append(example | {"slug": slug, "name": slug, "type": "organization"})
    organisation = github.answers[f"/orgs/{ORG}"]
    github.answers[f"/orgs/{ORG}/teams/{slug}"] = github.api.example("/orgs/{org}/teams/{team_slug}") | {
        "slug": slug,
        "type": "organization",
        "organization": {k: v for k, v in organisation.items() if k != "total_private_repos"},
    }
    names = {f"{ORG}/service-{number:03}" for number in numbers}
    github.answers[f"/orgs/{ORG}/teams/{slug}/repos"] = lambda _: [o for o in github.listed(ORG) if o["full_name"] in names]


def test_the_repositories_of_a_team(department: GitHub, client_of: MakeClient) -> None:
    team(department, "payments", range(7))
    found = inventory(client_of, team="payments")
    assert len(found) == 7
    assert {one.teams for one in found} == {("payments",)}


def test_teams_of_every_repository_where_they_are_wanted(department: GitHub, client_of: MakeClient) -> None:
    team(department, "payments", range(7))
    team(department, "identity", range(5, 9))
    found = inventory(client_of, with_teams=True)
    assert [one.teams for one in found[4:9]] == [
        ("payments",),
        ("identity", "payments"),
        ("identity", "payments"),
        ("identity",),
        ("identity",),
    ]
    assert len(found) == 120


def test_a_team_that_is_not_there(department: GitHub, client_of: MakeClient) -> None:
    with pytest.raises(RemoteError, match="no team nobody in example-department"):
        inventory(client_of, team="nobody")
    assert TOKEN not in str(department.asked)


def test_what_the_token_may_not_see_is_said(department: GitHub, client_of: MakeClient) -> None:
    account = department.answers[f"/orgs/{ORG}"]
    del account["total_private_repos"]
    department.answers[f"/orgs/{ORG}/properties/values"] = Denied(403, "Resource not accessible by personal access token")
    for name in list(department.repositories):
        if department.repositories[name][""]["private"]:
            del department.repositories[name]
    missing: list[NotVisible] = []
    assert len(inventory(client_of, missing)) == 40
    assert [(one.what, "“" in one.permission) for one in missing] == [
        ("business units", True),
        ("private and internal repositories", True),
    ]


def test_a_list_that_is_shorter_than_the_organisation_says_is_not_silent(department: GitHub, client_of: MakeClient) -> None:
    department.answers[f"/orgs/{ORG}"] |= {"total_private_repos": 100, "public_repos": 41}
    missing: list[NotVisible] = []
    inventory(client_of, missing)
    assert [one.reason for one in missing] == ["20 are not in the list", "1 are not in the list"]


def test_a_person(github: GitHub, client_of: MakeClient) -> None:
    github.person("a-developer")
    github.answers["/user"] = Denied(403, "Resource not accessible by integration")
    github.repository("a-developer/tool", private=False, visibility="public")
    github.repository("a-developer/secret")
    assert [one.full_name for one in list_repositories(client_of(), "a-developer")] == ["a-developer/tool"]


@pytest.mark.parametrize("fault", [Fault.UNAUTHORISED, Fault.FORBIDDEN, Fault.BAD_GATEWAY, Fault.PRIMARY_LIMIT, Fault.PROXY_PAGE])
def test_a_list_that_breaks_off_is_no_inventory(department: GitHub, client_of: MakeClient, fault: Fault) -> None:
    department.fail(fault, r"page=2")
    with pytest.raises(RemoteError, match="could not be listed as a token") as caught:
        inventory(client_of)
    assert TOKEN not in str(caught.value)


def test_an_account_that_is_not_there(github: GitHub, client_of: MakeClient) -> None:
    with pytest.raises(RemoteError, match="could not be listed as nobody"):
        list(list_repositories(client_of(token=""), "nobody-here"))
    assert github.asked


@pytest.mark.parametrize("name", ["../x", "a/b", "", "a b", "-x", "a\n"])
def test_a_name_that_is_none(client_of: MakeClient, name: str) -> None:
    with pytest.raises(UsageError):
        list(list_repositories(client_of(), name))
