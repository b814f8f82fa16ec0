"""A whole organisation on a forge of this machine: everything that goes wrong in one run, and the rest judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from auditor.config import Settings, cache_folder
from auditor.github.access import Access
from auditor.github.client import Client
from auditor.github.inventory import Selection
from auditor.github.limits import OVERNIGHT
from auditor.org.clones import Clones
from auditor.org.inventory import of_github
from auditor.org.run import Plan, run
from auditor.org.store import Store
from auditor.org.work import Job
from benchmarks.organisation.trouble import begin, wrong_with
from benchmarks.organisation.world import OWNER, World, world
from tests.forge import Forge
from tests.github.server import TOKEN
from tests.org.samples import NOW, contents
from tests.org.test_run import Here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditor.org.outcome import Outcome


@pytest.fixture(scope="module")
def department(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("department")
    with Forge(folder / "served") as forge:
        yield world(forge, folder / "scratch", 24, [])
    assert forge.wrong == []


def go(department: World, job: Job, url: str, crew: object) -> dict[str, Outcome]:
    """Run once as `auditor org` does; limits are waited out in no time."""
    outcomes: dict[str, Outcome] = {}
    with (
        Store(url) as store,
        Client(Access(department.forge.url, TOKEN), patience=OVERNIGHT, timeout=1, sleep=lambda _: None) as client,
    ):
        inventory = of_github(client, OWNER, Selection(with_teams=True))
        run(store, Plan(inventory, job, "gds"), crew, lambda o, *_: outcomes.update({o.listed.full_name.partition("/")[2]: o}))  # type: ignore[arg-type]  # a crew of the tests
    return outcomes


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(
        settings=Settings(workers=1, cache_dir=cache_folder(Settings())),
        fixed=frozenset(),
        basis="basis",
        clones=Clones(tmp_path / "clones"),
        link_key=b"k" * 32,
        key_id="first",
        timeout=60,
        now=NOW,
    )


def test_everything_goes_wrong_in_one_run_and_the_rest_is_judged(department: World, job: Job, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    victims = begin(department, department.of("service", "fork", "archived", "wiki", "branched", "unlicensed", "leaky"), slow=1.3)
    outcomes = go(department, replace(job, timeout=3), url, Here())
    with Store(url) as store:
        held = contents(store)
    verdicts = {row["repository_id"].partition("/")[2]: row for row in held["verdicts"]}
    unseen = held["runs"][0]["not_visible"]
    found = {}
    for victim in victims:
        said = [one for one in unseen if one["repository"] == f"{OWNER}/{victim.name}"]
        found[victim.trouble.what] = wrong_with(victim, verdicts[victim.name], said)
    assert {what: words for what, words in found.items() if words} == {}
    assert len(outcomes) == 24
