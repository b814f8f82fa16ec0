"""A real Dask scheduler and real workers on this machine, some of them killed in the middle."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from auditor.errors import RemoteError
from auditor.org.executor import dask, results
from tests.dask_cluster import Cluster, cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(tmp_path / "dask") as started:
        yield started


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


def test_what_kills_every_worker_is_given_up_and_the_rest_is_done(made: Cluster) -> None:
    for _ in range(3):  # it kills one where it stands beside others, another where it is alone
        made.worker()
    with stderr_of_dask_left_out(), dask(made.address) as crew:
        came = dict(results(crew, kills_its_worker, range(8)))
    assert came == {number: None if number == 3 else number for number in range(8)}


def test_a_cluster_without_workers_says_so(made: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.org.executor._LOOK_EVERY", 0.5)
    with (
        stderr_of_dask_left_out(),
        dask(made.address) as crew,
        pytest.raises(RemoteError, match="no workers"),
    ):
        list(results(crew, slowly, range(3)))


def test_a_scheduler_that_goes_away_ends_the_run_with_a_sentence(made: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.org.executor._LOOK_EVERY", 0.5)
    made.worker()
    with stderr_of_dask_left_out(), dask(made.address) as crew:
        came = results(crew, slowly, range(50))
        assert next(came)[1] is not None
        made.processes[0].kill()
        with pytest.raises(RemoteError, match=r"gone|workers"):
            list(came)


def test_a_scheduler_that_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.org.executor._PATIENCE", 1)
    with stderr_of_dask_left_out(), pytest.raises(RemoteError, match="does not answer"), dask("tcp://127.0.0.1:1"):
        pass
