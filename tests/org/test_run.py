"""Whole runs over real repositories, served over http on this machine, with real workers."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from auditor.model.organisation import ListedRepository, Portfolio, ScanState
from auditor.org import tables as t
from auditor.org.inventory import Inventory
from auditor.org.portfolio import portfolio
from auditor.org.run import Plan, run
from auditor.org.store import Store
from auditor.sources.mirrors import Access
from tests.githttp import Host, serve
from tests.gitrepo import GitRepo
from tests.org.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditor.org.outcome import Outcome
    from auditor.org.work import Job

PIECES = ("https://hooks.slack.com/services/", "T0A1B2C3D/", "B0A1B2C3D/", "a1B2c3D4e5F6g7H8i9J0k1L2")
HOOK = "".join(PIECES)


class Here:
    """Workers in this process: quick, and they behave as the others do."""

    gave_up: tuple[()] = ()
    window = 2

    def __init__(self) -> None:
        self.executor: Executor = ThreadPoolExecutor(1)

    def renew(self) -> None:
        pass

    def check(self) -> None:
        pass


@dataclass
class Organisation:
    """Repositories behind a server, a store, and runs over them."""

    folder: Path
    host: Host
    url: str
    job: Job
    after_first: Callable[[], object] = int
    page: Portfolio | None = None

    def repository(self, name: str, files: dict[str, str | bytes | None]) -> GitRepo:
        repo = GitRepo.create(self.folder / "served" / "team" / name)
        repo.commit(files, "Begin")
        return repo

    def listed(self) -> tuple[ListedRepository, ...]:
        names = sorted(path.name for path in (self.folder / "served" / "team").iterdir())
        return tuple(ListedRepository(f"team/{name}", f"{self.host.url}/team/{name}") for name in names)

    def run(self, crew: object = None, *, job: Job | None = None, access: Access | None = None) -> dict[str, Outcome]:
        outcomes: dict[str, Outcome] = {}

        def hear(outcome: Outcome, done: int, total: int) -> None:
            assert 1 <= done <= total
            if done == 1:
                self.after_first()
            outcomes[outcome.listed.full_name] = outcome

        inventory = Inventory("list:test", "Test", self.listed(), access=lambda _: access)
        with Store(self.url) as store:
            run(store, Plan(inventory, job or self.job, "gds"), crew or Here(), hear)  # type: ignore[arg-type]  # a crew of the tests
        return outcomes

    def portfolio(self) -> Portfolio:
        with Store(self.url) as store:
            with store.reading() as connection:
                last = connection.execute(sa.select(sa.func.max(t.runs.c.id))).scalar_one()
            return portfolio(store, last, self.listed(), title="Test", now=NOW)

    def states(self, outcomes: dict[str, Outcome]) -> dict[str, str]:
        return {name.removeprefix("team/"): outcome.state.value for name, outcome in outcomes.items()}


@pytest.fixture
def organisation(tmp_path: Path, job: Job) -> Iterator[Organisation]:
    (tmp_path / "served" / "team").mkdir(parents=True)
    with serve(tmp_path / "served") as host:
        yield Organisation(tmp_path, host, f"sqlite:///{tmp_path / 'organisation.db'}", job)


@pytest.fixture
def three(organisation: Organisation) -> dict[str, GitRepo]:
    return {
        "clean": organisation.repository("clean", {"README.md": "A service.\n"}),
        "leaks": organisation.repository("leaks", {"deploy.sh": f"curl {HOOK}\n"}),
        "copy": organisation.repository("copy", {"other.sh": f"post {HOOK}\n", "a.txt": "more"}),
    }


def test_every_repository_is_judged_and_stored_and_only_what_changes_later_again(
    organisation: Organisation, three: dict[str, GitRepo]
) -> None:
    first = organisation.run()
    assert set(organisation.states(first).values()) == {"scanned"}
    page = organisation.portfolio()
    standing = {one.listed.full_name.removeprefix("team/"): one for one in page.repositories}
    assert set(standing) == set(three)
    assert [s.rule_id for s in standing["leaks"].secrets] == [s.rule_id for s in standing["copy"].secrets]
    assert len(standing["leaks"].secrets) == 1
    assert not standing["clean"].secrets
    assert standing["leaks"].decision is not None
    assert standing["leaks"].blockers
    assert standing["clean"].commits == 1
    (shared,) = page.shared
    assert shared.repositories == ("team/copy", "team/leaks")
    assert HOOK not in str(shared)
    assert HOOK[-24:].encode() not in Path(organisation.url.removeprefix("sqlite:///")).read_bytes()

    organisation.host.calls.clear()
    assert set(organisation.states(organisation.run()).values()) == {"unchanged"}
    assert len(organisation.host.calls) <= 2 * len(three)  # git asks what the server can do, then for the refs
    page = organisation.portfolio()
    assert all(one.earlier is not None and one.decision is one.earlier.decision for one in page.repositories)
    assert {one.scanned_at for one in page.repositories} == {
        outcome.judged.generated for outcome in first.values() if outcome.judged
    }

    three["clean"].commit({"new.sh": f"curl {HOOK}\n"}, "Add a script")
    three["leaks"].ref("refs/pull/7/head", three["leaks"].head())
    assert organisation.states(organisation.run()) == {"clean": "scanned", "leaks": "scanned", "copy": "unchanged"}
    (shared,) = organisation.portfolio().shared
    assert shared.repositories == ("team/clean", "team/copy", "team/leaks")


def test_other_rules_or_a_passed_day_mean_another_scan(organisation: Organisation) -> None:
    organisation.repository("leaks", {"deploy.sh": f"curl {HOOK}\n"})
    job = organisation.job
    organisation.run()
    assert organisation.states(organisation.run(job=replace(job, basis="other"))) == {"leaks": "scanned"}
    much_later = replace(job, basis="other", now=NOW + timedelta(days=40))
    assert organisation.states(organisation.run(job=much_later)) == {"leaks": "scanned"}
    assert organisation.states(organisation.run(job=replace(much_later, force=True))) == {"leaks": "scanned"}


def test_what_cannot_be_fetched_fails_alone_and_keeps_its_report(organisation: Organisation, three: dict[str, GitRepo]) -> None:
    organisation.run()
    (organisation.folder / "served" / "team" / "leaks" / ".git").rename(organisation.folder / "gone")
    outcomes = organisation.run()
    assert organisation.states(outcomes) == {"clean": "unchanged", "copy": "unchanged", "leaks": "failed"}
    standing = next(one for one in organisation.portfolio().repositories if one.listed.full_name == "team/leaks")
    assert standing.state is ScanState.FAILED
    assert "could not be fetched" in standing.problem
    assert standing.decision is not None
    assert three


def test_an_empty_repository_is_said_to_be_empty(organisation: Organisation) -> None:
    GitRepo.create(organisation.folder / "served" / "team" / "empty")
    outcome = organisation.run()["team/empty"]
    assert outcome.state is ScanState.FAILED
    assert outcome.problem == f"{organisation.host.url}/team/empty has no commits yet, so there is nothing to audit."


def test_a_credential_is_used_and_stored_nowhere(organisation: Organisation, three: dict[str, GitRepo]) -> None:
    organisation.host.token = "a-credential-of-the-tests"
    assert set(organisation.states(organisation.run()).values()) == {"failed"}
    access = Access(organisation.host.netloc, organisation.host.token)
    assert set(organisation.states(organisation.run(access=access)).values()) == {"scanned"}
    kept = [
        path for path in organisation.folder.rglob("*") if path.is_file() and organisation.host.token.encode() in path.read_bytes()
    ]
    assert kept == []
    assert three


def test_local_folders_are_scanned_where_they_are(organisation: Organisation, three: dict[str, GitRepo]) -> None:
    bare = three["leaks"].mirror(organisation.folder / "bare.git")
    places = {"bare": bare.path, "tree": three["copy"].path, "missing": organisation.folder / "nothing"}
    listed = tuple(ListedRepository(name, str(path)) for name, path in places.items())
    inventory = Inventory("list:local", "Local", listed)

    def once() -> dict[str, ScanState]:
        states: dict[str, ScanState] = {}
        with Store(organisation.url) as store:
            plan = Plan(inventory, organisation.job, "gds")
            run(store, plan, Here(), lambda outcome, *_: states.update({outcome.listed.full_name: outcome.state}))
        return states

    assert once() == {"bare": ScanState.SCANNED, "tree": ScanState.SCANNED, "missing": ScanState.FAILED}
    # A working tree is scanned each time: what is not committed has no name to compare.
    assert once() == {"bare": ScanState.UNCHANGED, "tree": ScanState.SCANNED, "missing": ScanState.FAILED}
    bare.dangling_blob(b"something new")
    assert once()["bare"] is ScanState.SCANNED
