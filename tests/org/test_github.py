"""An organisation of a GitHub on this machine, whose repositories are served over http."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.audit.beside import Online
from auditor.errors import UsageError
from auditor.github.access import Access
from auditor.github.client import Client
from auditor.github.inventory import Selection
from auditor.org.inventory import of_github
from auditor.org.portfolio import portfolio
from auditor.org.run import Plan, run
from auditor.org.store import Store
from tests.github.conftest import github
from tests.github.server import TOKEN, GitHub
from tests.org.samples import NOW
from tests.org.test_run import Here, Organisation, organisation, three

if TYPE_CHECKING:
    from tests.gitrepo import GitRepo

__all__ = ["github", "organisation", "three"]  # fixtures


@pytest.fixture
def listed(organisation: Organisation, three: dict[str, GitRepo], github: GitHub) -> GitHub:
    """The repositories of the organisation, as GitHub lists them."""
    github.organisation("team")
    for name in three:
        github.repository(f"team/{name}", clone_url=f"{organisation.host.url}/team/{name}", topics=["payments"] * (name == "leaks"))
    return github


def look(organisation: Organisation, github: GitHub, selection: Selection | None = None) -> tuple[dict[str, str], int]:
    """Run once, and return what came of each repository and how often GitHub was asked."""
    states: dict[str, str] = {}
    before = len(github.asked)
    with Store(organisation.url) as store, Client(Access(github.url, TOKEN)) as client:
        inventory = of_github(client, "team", selection or Selection())
        listing = len(github.asked) - before
        number = run(
            store,
            Plan(inventory, organisation.job, "gds"),
            Here(),
            lambda outcome, *_: states.update({outcome.listed.full_name: outcome.state.value}),
        )
        page = portfolio(store, number, inventory.listed, title="team", now=NOW)
        assert {one.listed.full_name for one in page.repositories} == set(states)
        organisation.page = page
    return states, len(github.asked) - before - listing


def test_what_has_not_moved_costs_no_call_of_the_api_beside_the_list(organisation: Organisation, listed: GitHub) -> None:
    first, asked = look(organisation, listed)
    assert first == {"team/clean": "scanned", "team/copy": "scanned", "team/leaks": "scanned"}
    assert asked > len(first)
    second, asked = look(organisation, listed)
    assert set(second.values()) == {"unchanged"}
    assert asked == 0


def test_what_the_list_does_not_show_to_have_moved_is_looked_at_and_then_asked_about(
    organisation: Organisation, three: dict[str, GitRepo], listed: GitHub
) -> None:
    look(organisation, listed)
    three["clean"].ref("refs/pull/1/head", three["clean"].dangling_commit({"new.txt": b"proposed"}))
    states, asked = look(organisation, listed)
    assert states == {"team/clean": "scanned", "team/copy": "unchanged", "team/leaks": "unchanged"}
    assert asked > 0
    page = organisation.page
    assert page is not None
    standing = next(one for one in page.repositories if one.listed.full_name == "team/clean")
    assert {check.outcome.value for check in standing.checks if check.check_id == "MET-05"} <= {"pass", "fail"}


def test_filters_and_what_the_token_may_not_see_reach_the_portfolio(organisation: Organisation, listed: GitHub) -> None:
    states, _ = look(organisation, listed, Selection(topics=("payments",)))
    assert set(states) == {"team/leaks"}
    page = organisation.page
    assert page is not None
    assert page.selection == ("topic payments",)
    assert page.repositories[0].listed.topics == ("payments",)
    assert all(item.what and item.reason for item in page.not_visible)


def test_nothing_left_is_said(organisation: Organisation, listed: GitHub) -> None:
    with pytest.raises(UsageError, match="nothing to look at"):
        look(organisation, listed, Selection(exclude=("*",)))


def test_an_answer_for_the_checks_is_part_of_the_audit(organisation: Organisation, listed: GitHub) -> None:
    with Client(Access(listed.url, TOKEN)) as client:
        inventory = of_github(client, "team", Selection())
        assert inventory.online is not None
        assert isinstance(inventory.online(inventory.listed[0]), Online)
        credential = inventory.access(inventory.listed[0])
    assert credential is not None
    assert credential.token == TOKEN
    assert TOKEN not in repr(credential)
    assert organisation.host.netloc != credential.host
