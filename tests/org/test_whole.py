"""A whole organisation on a forge of this machine: killed, resumed, on a cluster, and with everything that goes wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from auditor.config import Settings, cache_folder
from auditor.github.access import Access
from auditor.github.client import Client
from auditor.github.inventory import Selection
from auditor.github.limits import OVERNIGHT
from auditor.org.inventory import of_github
from auditor.org.run import Plan, run
from auditor.org.store import Store
from benchmarks.organisation.judged import KILLED, Scenario
from benchmarks.organisation.running import kill_after
from benchmarks.organisation.same import count, differences, rows
from benchmarks.organisation.trouble import begin, wrong_with
from benchmarks.organisation.world import OWNER, World, world
from tests.dask_cluster import cluster
from tests.forge import Forge
from tests.github.server import TOKEN
from tests.org.samples import contents
from tests.org.test_run import Here

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from auditor.org.outcome import Outcome
    from auditor.org.work import Job


COUNT = 16
"""Every sort of repository, and as many whole ones as go wrong."""


@pytest.fixture(scope="module")
def department(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("department")
    with Forge(folder / "served") as forge:
        yield world(forge, folder / "scratch", COUNT, [])
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


def kill(worker: subprocess.Popen[bytes], said: int, _: object) -> None:
    if said == 4:
        worker.kill()


def test_killed_and_resumed_or_on_a_cluster_the_database_is_the_same(department: World, tmp_path: Path, postgres: str) -> None:
    here = Scenario(department, tmp_path, postgres, workers=2, caches={"cache": cache_folder(Settings()).parent})
    first = here.go("killed", hear=kill_after(4))
    assert first.run.code == KILLED
    assert first.run.left == []  # no worker goes on without it
    done = {name for name, row in here.states().items() if row["state"] == "scanned"}
    assert 0 < len(done) < COUNT - 1
    resumed = here.go("resumed")
    states = {name: row["state"] for name, row in here.states().items()}
    assert {name for name, state in states.items() if state == "unchanged"} == done
    assert [name for name, state in states.items() if state == "failed"] == [f"{OWNER}/empty-008"]
    assert len(states) == COUNT
    again = here.go("again")
    assert again.questions <= COUNT
    assert {row["state"] for row in here.states().values()} == {"unchanged", "failed"}
    with cluster(tmp_path / "dask", environment=here.environment()) as made:
        workers = [made.worker() for _ in range(2)]
        dask = ("--executor", "dask", "--scheduler", made.address, "--clones", str(tmp_path / "others"))
        here.go("on a cluster", *dask, store=postgres, hear=partial(kill, workers[0]))
        assert workers[0].wait(30) == KILLED
    expected = rows(here.sqlite, runs=False)
    assert count(expected) > 500
    assert differences(expected, rows(postgres, runs=False)) == []
    assert [row.wrong for row in here.rows] == [[]] * 4
    assert resumed.run.code == 2


def test_everything_goes_wrong_in_one_run_and_the_rest_is_judged(department: World, job: Job, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    harmed = department.of("service", "fork", "archived", "wiki", "branched", "unlicensed")
    victims = begin(department, [*harmed, *department.of("leaky", "shared", "proposed", "packed")], slow=1.3)
    outcomes = go(department, replace(job, timeout=6), url, Here())
    with Store(url) as store:
        held = contents(store)
    verdicts = {row["repository_id"].partition("/")[2]: row for row in held["verdicts"]}
    unseen = [line for row in held["reports"] for line in row["summary"]["not_visible"]]
    found = {}
    for victim in victims:
        said = [one for one in unseen if one["repository"] == f"{OWNER}/{victim.name}"]
        found[victim.trouble.what] = wrong_with(victim, verdicts[victim.name], said)
    assert {what: words for what, words in found.items() if words} == {}
    assert len(outcomes) == COUNT
    lost = {victim.name for victim in victims if victim.passes}
    lost |= {address.rpartition("/")[2].removesuffix(".git") for address in department.forge.host.wrong}
    department.forge.faults.clear()
    department.forge.host.wrong.clear()
    again = {name: outcome.state.value for name, outcome in go(department, job, url, Here()).items()}
    assert {name for name, state in again.items() if state == "scanned"} == lost  # what was not told is asked for again
