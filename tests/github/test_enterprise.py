"""The same questions to a server of one's own, as GitHub describes the API of each edition that it supports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.github.access import Access
from auditor.github.client import Client
from auditor.github.facts import Gatherer
from auditor.github.inventory import list_repositories
from auditor.github.texts import read_texts
from auditor.model.forge import TextKind
from auditor.model.organisation import Visibility
from tests.github.server import TOKEN, Denied, GitHub

if TYPE_CHECKING:
    from collections.abc import Iterator

ORG = "example-department"


@pytest.fixture(params=["ghes-3.17", "ghes-3.19"])
def server(request: pytest.FixtureRequest) -> Iterator[GitHub]:
    with GitHub(request.param, prefix="/api/v3") as made:
        made.organisation(ORG)
        for number in range(130):
            repo = made.repository(f"{ORG}/service-{number:03}", private=False, visibility="internal")
            repo["/branches/main/protection"] = Denied(404, "Branch not protected")
        yield made
    # What an edition does not have is answered with 404, as a real one would.
    assert [line for line in made.wrong if "is not part of the API" not in line] == []


def test_inventory_facts_and_texts(server: GitHub) -> None:
    with Client(Access(server.url, TOKEN)) as client:
        found = list(list_repositories(client, ORG))
        assert len(found) == 130
        assert {one.visibility for one in found} == {Visibility.INTERNAL}
        facts = Gatherer(client).facts(found[0].full_name)
        texts = read_texts(client, facts, frozenset(TextKind) - {TextKind.WIKI})
    assert {one.what for one in facts.not_visible} <= {
        "private vulnerability reporting",
        "Dependabot alerts and updates being on",
        "the community profile",
        "the second factor of members",
    }
    assert texts.unread == ()
    assert all(asked.path.startswith("/api/v3/") for asked in server.asked)
