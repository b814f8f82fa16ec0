"""A real Dask scheduler and real workers on this machine, one of them killed in the middle."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from auditor.errors import RemoteError
from auditor.org.executor import dask, results
from auditor.org.store import Store
from tests.org.samples import contents
from tests.org.test_run import Here, Organisation, organisation, three

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.gitrepo import GitRepo

__all__ = ["organisation", "three"]  # fixtures
ROOT = Path(__file__).parents[2]


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of its own."""

    address: str
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
            "DASK_TEMPORARY_DIRECTORY": str(self.folder),
        }
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                env=environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        return self.start(
            *("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--death-timeout", "60"),
            *("--local-directory", str(self.folder)),
        )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path / "dask"
    folder.mkdir()
    made = Cluster(f"tcp://127.0.0.1:{port}", folder)
    made.start("scheduler", "--host", "127.0.0.1", "--port", str(port))
    try:
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()


@contextmanager
def stderr_of_dask_left_out() -> Iterator[None]:
    """Dask logs lost connections; they are what the test is about, not what it shows."""
    import logging  # noqa: PLC0415  only here

    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def slowly(number: int) -> int:
    time.sleep(0.2)
    return number * number


def kills_its_worker(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_cluster_gives_the_database_that_this_machine_gives(
    organisation: Organisation, three: dict[str, GitRepo], cluster: Cluster
) -> None:
    for number in range(4):
        organisation.repository(f"more-{number}", {"README.md": f"Number {number}\n"})
    organisation.run(Here())
    with Store(organisation.url) as store:
        expected = contents(store, leave_out=("seconds",))
    organisation.url = organisation.url.replace(".db", "-cluster.db")
    first, _ = cluster.worker(), cluster.worker()
    with stderr_of_dask_left_out(), dask(cluster.address) as crew:
        organisation.after_first = lambda: os.kill(first.pid, signal.SIGKILL)
        outcomes = organisation.states(organisation.run(crew))
    assert first.wait(30) == -signal.SIGKILL
    assert set(outcomes.values()) == {"scanned"}
    assert len(outcomes) == len(three) + 4
    with Store(organisation.url) as store:
        assert contents(store, leave_out=("seconds",)) == expected


def test_what_kills_every_worker_is_given_up_and_the_rest_is_done(cluster: Cluster) -> None:
    for _ in range(4):
        cluster.worker()
    with stderr_of_dask_left_out(), dask(cluster.address) as crew:
        came = dict(results(crew, kills_its_worker, range(8)))
    assert came == {number: None if number == 3 else number for number in range(8)}


def test_a_cluster_without_workers_says_so(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.org.executor._LOOK_EVERY", 0.5)
    with (
        stderr_of_dask_left_out(),
        dask(cluster.address) as crew,
        pytest.raises(RemoteError, match="no workers"),
    ):
        list(results(crew, slowly, range(3)))


def test_a_scheduler_that_goes_away_ends_the_run_with_a_sentence(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.org.executor._LOOK_EVERY", 0.5)
    cluster.worker()
    with stderr_of_dask_left_out(), dask(cluster.address) as crew:
        came = results(crew, slowly, range(50))
        assert next(came)[1] is not None
        cluster.processes[0].kill()
        with pytest.raises(RemoteError, match=r"gone|workers"):
            list(came)


def test_a_scheduler_that_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.org.executor._PATIENCE", 1)
    with stderr_of_dask_left_out(), pytest.raises(RemoteError, match="does not answer"), dask("tcp://127.0.0.1:1"):
        pass
