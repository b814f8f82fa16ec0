"""An organisation of a GitHub on this machine, whose repositories are served over http."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.audit.beside import Online
from auditor.config import Settings
from auditor.errors import UsageError
from auditor.github.access import Access
from auditor.github.client import Client
from auditor.github.inventory import Selection
from auditor.model.forge import TextKind
from auditor.org.digest import unpack
from auditor.org.inventory import of_github
from auditor.org.portfolio import portfolio
from auditor.org.run import Plan, basis_of, run
from auditor.org.store import Store
from tests.cli.test_forge import issue
from tests.github.conftest import github
from tests.github.server import TOKEN, Fault, GitHub
from tests.github.test_texts import archive, pulls, runs
from tests.gitrepo import GitRepo
from tests.org.samples import NOW
from tests.org.test_run import HOOK, Here, Organisation, organisation, three

KINDS = ("issues", "pull", "comments", "releases", "actions", "wiki")

__all__ = ["github", "organisation", "three"]  # fixtures


@pytest.fixture
def listed(organisation: Organisation, three: dict[str, GitRepo], github: GitHub) -> GitHub:
    """The repositories of the organisation, as GitHub lists them."""
    github.organisation("team")
    for name in three:
        github.repository(f"team/{name}", clone_url=f"{organisation.host.url}/team/{name}", topics=["payments"] * (name == "leaks"))
    return github


def look(
    organisation: Organisation,
    github: GitHub,
    selection: Selection | None = None,
    include: frozenset[TextKind] = frozenset(),
    token: str = TOKEN,
) -> tuple[dict[str, str], int]:
    """Run once, and return what came of each repository and how often GitHub was asked."""
    states: dict[str, str] = {}
    before = len(github.asked)
    with Store(organisation.url) as store, Client(Access(github.url, token), sleep=lambda _: None) as client:
        inventory = of_github(client, "team", selection or Selection(), include)
        listing = len(github.asked) - before
        number = run(
            store,
            Plan(inventory, replace(organisation.job, basis=basis_of(Settings(), "", (), inventory.asked)), "gds"),
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


def test_what_else_becomes_public_is_read_too_and_other_questions_mean_another_look(
    organisation: Organisation, listed: GitHub
) -> None:
    look(organisation, listed, Selection(topics=("payments",)))
    base, repo = "/repos/{owner}/{repo}", listed.repositories["team/leaks"]
    values = {name: f"{HOOK[:-2]}{number:02}" for number, name in enumerate(KINDS)}
    repo["/issues"] = issue(listed, values["issues"])
    repo["/pulls"] = [one | {"body": values["pull"]} for one in pulls(listed, 1)]
    comment = listed.api.example(f"{base}/issues/comments")[0]
    repo["/issues/comments"] = [comment | {"id": 3, "body": values["comments"], "issue_url": "https://api.github.example/i/12"}]
    repo["/releases"] = [listed.api.example(f"{base}/releases")[0] | {"body": values["releases"]}]
    runs(listed, repo, 1)
    listed.files["/archives/1.zip"] = archive(build=values["actions"])
    wiki = GitRepo.create(organisation.folder / "served" / "team" / "leaks.wiki.git")
    wiki.commit({"Home.md": f"{values['wiki']}\n"}, "Begin")
    repo[""] = repo[""] | {"has_wiki": True, "html_url": f"{organisation.host.url}/team/leaks"}
    states, _ = look(organisation, listed, Selection(topics=("payments",)), frozenset(TextKind))
    assert states == {"team/leaks": "scanned"}
    with Store(organisation.url) as store:
        document = store.document(f"127.0.0.1:{listed.server_port}/team", "team/leaks")
    assert document is not None
    found = unpack(document, "team/leaks").findings
    places = {(place.path or "").partition("/")[0] for one in found if "slack" in one.rule_id for place in one.locations}
    assert places == {*KINDS, "deploy.sh"} - {"comments"}  # a comment stands below its issue
    assert "issues/12/comments/3" in {place.path for one in found for place in one.locations}
    assert look(organisation, listed, Selection(topics=("payments",)), frozenset(TextKind))[0] == {"team/leaks": "unchanged"}
    listed.wrong.clear()  # an address outside the API


def test_what_the_token_may_not_see_stays_said_and_what_failed_is_asked_again(organisation: Organisation, listed: GitHub) -> None:
    listed.fail(Fault.FORBIDDEN, "/leaks/keys")
    listed.fail(Fault.UNAVAILABLE, "/clean/hooks", times=20)

    def unseen() -> dict[str, str]:
        assert organisation.page is not None
        return {one.repository: one.permission for one in organisation.page.not_visible if one.what in {"deploy keys", "webhooks"}}

    look(organisation, listed)
    assert unseen() == {"team/leaks": "“Administration: read”", "team/clean": ""}
    listed.faults.pop()
    states, _ = look(organisation, listed)
    assert states == {"team/clean": "scanned", "team/copy": "unchanged", "team/leaks": "unchanged"}
    assert unseen() == {"team/leaks": "“Administration: read”"}
    assert set(look(organisation, listed)[0].values()) == {"unchanged"}
    assert set(look(organisation, listed, token="")[0].values()) == {"scanned"}


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
