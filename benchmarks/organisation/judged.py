"""The scenario: what is run, one thing after the other, and what has to hold after each."""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import psycopg

from auditor.github.client import PAGE
from auditor.org.store import Store
from benchmarks.organisation import running, same, trouble
from benchmarks.organisation.world import OWNER, World
from tests.dask_cluster import cluster
from tests.github.server import TOKEN, Fault
from tests.org.samples import contents

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.organisation.running import Hear, Run

_TOO_SLOW: Final = 25.0
"""Seconds; the client waits 20 for an answer."""

_MOVED: Final = 7
_TEN: Final = 10
"""Somewhere in the run."""

KILLED: Final = -9
_COULD_NOT_JUDGE: Final = 2
_LEAST: Final = 1000
"""Rows: with fewer there is little to compare."""

_OF_A_REPOSITORY: Final = re.compile(r" *[0-9]+/[0-9]+  ")
_SORTS: Final = ("service", "fork", "archived", "wiki", "branched", "unlicensed")
"""Repositories that may be harmed."""


@dataclass
class Row:
    """One run of the scenario, what it asked for, and what was not as it has to be."""

    name: str
    run: Run
    questions: int
    unchanged: int
    of_git: int
    wrong: list[str]

    def line(self) -> str:
        """Return it as a row of the table."""
        asked = f"{self.questions} ({self.unchanged})"
        took = f"{self.run.wall:.0f} s | {f'{self.run.busy:.0f} s' if self.run.code != KILLED else '-'}"
        return f"| {self.name} | {self.run.words} | {took} | {asked} | {self.of_git} | {'NO' if self.wrong else 'yes'} |"


@dataclass
class Scenario:
    """A world, a folder to work in, and a PostgreSQL; `caches` lie elsewhere than in that folder."""

    world: World
    scratch: Path
    postgres: str
    workers: int
    include: str = "issues,pull-requests,comments,releases,wiki"
    caches: dict[str, Path] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def sqlite(self) -> str:
        """The database that most runs write."""
        return f"sqlite:///{self.scratch / 'organisation.db'}"

    def environment(self, cache: str = "cache") -> dict[str, str]:
        """Return folders, the token and the key of the organisation."""
        return {
            "XDG_CACHE_HOME": str(self.caches.get(cache, self.scratch / cache)),
            "XDG_DATA_HOME": str(self.scratch / "data"),
            "GH_ENTERPRISE_TOKEN": TOKEN,
            "AUDITOR_ORG_KEY": "a key of the benchmark, which opens nothing",
        }

    def go(
        self, name: str, *more: str, store: str = "", cache: str = "cache", hear: Hear = running.nothing, beside: Sequence[int] = ()
    ) -> Row:
        """Run once and add a row; `beside` are processes that work for it and are not its own."""
        host, forge = self.world.forge.host, self.world.forge
        forge.asked.clear()
        host.calls.clear()
        command = [OWNER, "--api-url", forge.url, "--store", store or self.sqlite, "--workers", str(self.workers)]
        before = sum(map(running.busy, beside))
        run = running.run([*command, "--include", self.include, *more], self.environment(cache), hear=hear)
        run.busy += sum(map(running.busy, beside)) - before
        unchanged = sum(asked.status == HTTPStatus.NOT_MODIFIED for asked in forge.asked)
        self.rows.append(Row(name, run, len(forge.asked), unchanged, len(host.calls), []))
        if forge.wrong:
            self.fails(f"answers not as published: {forge.wrong[:3]}")
            forge.wrong.clear()
        for line in (*run.lines, *run.said.splitlines()):
            if "Traceback" in line or "internal error" in line or TOKEN in line:
                self.fails(line)
        strange = [line for line in run.lines if run.code != KILLED and not _OF_A_REPOSITORY.match(line)]
        sys.stdout.write(f"{name}: {run.words}\n" + "".join(f"    {line}\n" for line in strange))
        sys.stdout.flush()
        return self.rows[-1]

    def fails(self, *words: str) -> None:
        """Note that something does not hold."""
        self.rows[-1].wrong.extend(words)
        for word in words:
            sys.stdout.write(f"    NO: {word}\n")

    def holds(self, condition: bool, words: str) -> None:  # noqa: FBT001  what has to hold
        """Check what has to hold after the run."""
        if not condition:
            self.fails(words)

    def states(self, store: str = "") -> dict[str, dict[str, Any]]:
        """Return the verdicts of the last run by repository."""
        with Store(store or self.sqlite) as opened, opened.reading() as connection:
            rows = connection.exec_driver_sql(
                "select r.name, v.state, v.problem from verdicts v join repositories r on r.id = v.repository_id"
                " where v.run_id = (select max(id) from runs)"
            )
            return {name: {"state": state, "problem": problem} for name, state, problem in rows}

    def database(self, name: str) -> str:
        """Make an empty database on the server, and return its URL."""
        with psycopg.connect(f"{self.postgres}/postgres", autocommit=True) as connection:
            connection.execute(f"create database {name}")
        return f"{self.postgres}/{name}"


def _undisturbed(one: Scenario) -> None:
    one.go("first, nothing cached", store=one.database("undisturbed"), cache="cache-of-its-own")


def _killed_and_resumed(one: Scenario) -> None:
    names = {name for name in one.world.forge.repositories if name not in one.world.forge.unlisted}
    empty = {f"{OWNER}/{name}" for name in one.world.of("empty")}
    first = one.go("first, killed in the middle", hear=running.kill_after(len(names) // 3))
    done = {name for name, row in one.states().items() if row["state"] == "scanned"}
    one.holds(first.run.code == KILLED, f"exit code {first.run.code}")
    one.holds(0 < len(done) < len(names), f"{len(done)} of {len(names)} done when it was killed")
    second = one.go("resumed")
    states = one.states()
    one.holds(set(states) == names, "not every repository has a verdict")
    one.holds({name for name, row in states.items() if row["state"] == "failed"} == empty, "others failed than empty ones")
    again = {name for name in done if states[name]["state"] != "unchanged"}
    one.holds(not again, f"scanned twice: {again}")
    one.holds(second.run.code == _COULD_NOT_JUDGE, f"exit code {second.run.code}")
    quarters = second.run.quarters()
    one.holds(quarters[3] <= quarters[0] * 1.15 + 5, f"memory of the coordinator grew: {quarters}")


def _again(one: Scenario) -> None:
    world, total = one.world, len(one.states())
    empty = len(world.of("empty"))
    row = one.go("again, nothing moved")
    one.holds(row.questions <= total, f"{row.questions} questions for {total} repositories")
    one.holds(_count(one, "unchanged") == total - empty, "something was scanned")
    one.holds(row.of_git <= 2 * total + 2 * empty, f"{row.of_git} requests of git")
    for name in (*world.of("service")[:3], *world.real[:2]):
        world.push(name)
    world.propose(world.of("archived")[0], b"proposed\n")
    world.fork(world.of("leaky")[0])
    one.go("five pushes, a pull request, a new fork")
    one.holds(_count(one, "scanned") == _MOVED, f"{_count(one, 'scanned')} scanned")
    site = one.go("nothing moved, with the site", "--site", str(one.scratch / "site"))
    one.holds(_count(one, "scanned") == 0, "something was scanned")
    one.holds((one.scratch / "site" / "index.html").exists(), site.run.said)


def _count(one: Scenario, state: str, store: str = "") -> int:
    return sum(row["state"] == state for row in one.states(store).values())


def _elsewhere(one: Scenario) -> None:
    """Scan all of it anew in other ways, and hold every database against the first."""
    expected = same.rows(one.sqlite, runs=False)
    one.holds(same.count(expected) > _LEAST, "there is little to compare")
    postgres, two, three = one.database("dask"), one.database("processes"), f"sqlite:///{one.scratch / 'dask.db'}"
    with ExitStack() as stack:
        made = stack.enter_context(cluster(one.scratch / "dask", environment=one.environment("cache-of-dask")))
        workers = [made.worker() for _ in range(one.workers + 1)]
        beside = [process.pid for process in made.processes[1:]]
        dask = ("--executor", "dask", "--scheduler", made.address, "--clones", str(one.scratch / "clones-of-dask"))
        one.go(
            "Dask, PostgreSQL, nothing cached; a worker is killed",
            *dask,
            store=postgres,
            cache="cache-of-dask",
            hear=partial(_kill, workers[0]),
            beside=beside,
        )
        one.holds(workers[0].wait(60) == KILLED, "no worker was killed")
        _compare(one, expected, postgres)
        one.go("Dask, SQLite", *dask, store=three, cache="cache-of-dask", beside=beside[1:])
        _compare(one, expected, three)
    one.go("processes, PostgreSQL", store=two)
    _compare(one, expected, two)
    one.holds(not same.differences(same.rows(postgres), same.rows(two)), "the two PostgreSQL differ in runs and verdicts")


def _kill(worker: subprocess.Popen[bytes], said: int, _process: subprocess.Popen[str]) -> None:
    if said == _TEN:
        worker.kill()


def _compare(one: Scenario, expected: dict[str, list[str]], url: str) -> None:
    found = same.differences(expected, same.rows(url, runs=False))
    one.holds(not found, f"{len(found)} rows differ: {found[:4]}")


def _everything_wrong(one: Scenario) -> None:
    url = one.database("trouble")
    world = one.world
    victims = trouble.begin(world, _harmed(world), _TOO_SLOW)
    one.go("everything goes wrong", "--clones", str(one.scratch / "clones-of-trouble"), store=url)
    with Store(url) as store:
        held = contents(store)
    verdicts = {row["repository_id"]: row for row in held["verdicts"]}
    unseen = [line for row in held["reports"] for line in row["summary"]["not_visible"]]
    for victim in victims:
        name = f"{OWNER}/{victim.name}"
        said = trouble.wrong_with(victim, verdicts[name], [line for line in unseen if line["repository"] == name])
        one.holds(not said, f"{victim.trouble.what}: {said}")
    failed = {f"{OWNER}/{v.name}" for v in victims if isinstance(v.trouble, trouble.OfRepository) and not v.trouble.judged}
    failed |= {f"{OWNER}/{name}" for name in world.of("empty")}
    others = {name for name, row in verdicts.items() if row["state"] != "scanned"} - failed
    one.holds(not others, f"not judged: {others}")
    sys.stdout.write(f"    {len(victims)} troubles, {len(verdicts) - len(failed)} of {len(verdicts)} repositories judged\n")
    world.forge.faults.clear()
    world.forge.host.wrong.clear()
    lost = {f"{OWNER}/{v.name}" for v in victims if v.passes} - failed
    one.go("the forge is well again", "--clones", str(one.scratch / "clones-of-trouble"), store=url)
    one.holds({n for n, row in one.states(url).items() if row["state"] == "scanned"} >= lost, "what was lost is not asked again")


def _harmed(world: World) -> list[str]:
    return [name for name in world.of(*_SORTS) if "/fork-of-" not in name]


def _list_breaks_off(one: Scenario) -> None:
    url = one.database("broken_list")
    pages = "page=2" if len(one.world.forge.listed(OWNER)) > PAGE else ""
    one.world.forge.fail(Fault.BAD_GATEWAY, f"/orgs/{OWNER}/repos.*{pages}")
    row = one.go("the list breaks off", store=url, cache="cache-of-nothing")
    one.holds(
        row.run.code == _COULD_NOT_JUDGE and "could not be listed" in "".join(row.run.lines),
        f"{row.run.code}: {row.run.lines[-2:]}",
    )
    one.world.forge.faults.clear()


def _token_revoked(one: Scenario) -> None:
    url, forge = one.database("revoked"), one.world.forge

    def revoke(said: int, _process: subprocess.Popen[str]) -> None:
        if said == 2 * _TEN:
            forge.tokens.clear()
            forge.host.token = "another"  # noqa: S105  none

    one.go("the token is revoked on the way", store=url, hear=revoke)
    states = one.states(url)
    failed = [row["problem"] for row in states.values() if row["state"] == "failed"]
    refused = [problem for problem in failed if "the credential was refused" in problem]
    one.holds(len(refused) > len(states) // 4, f"{len(refused)} of {len(states)} refused")
    one.holds(len(states) == len(forge.listed(OWNER)), "not every repository has a verdict")
    forge.tokens.add(TOKEN)
    forge.host.token = TOKEN
    one.go("with a good token again", store=url)
    still = [row["problem"] for row in one.states(url).values() if "refused" in row["problem"]]
    one.holds(not still, f"{len(still)} still refused")


PARTS: Final = {
    "first": _undisturbed,
    "killed": _killed_and_resumed,
    "again": _again,
    "elsewhere": _elsewhere,
    "trouble": _everything_wrong,
    "list": _list_breaks_off,
    "token": _token_revoked,
}
"""What is played, in this order; `again` and `elsewhere` go on from `killed`."""
