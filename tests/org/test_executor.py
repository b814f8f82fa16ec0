from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from auditor.org.executor import processes, results

if TYPE_CHECKING:
    from collections.abc import Iterator


def square(number: int) -> int:
    return number * number


def kills_itself(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fails(number: int) -> int:
    msg = f"a fault of ours, {number}"
    raise ValueError(msg)


def sleeps(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def test_every_task_has_its_result() -> None:
    with processes(2) as crew:
        assert dict(results(crew, square, range(20))) == {number: number * number for number in range(20)}
        assert list(results(crew, square, [])) == []


def test_a_task_that_kills_its_worker_is_given_up_and_no_other() -> None:
    with processes(2) as crew:
        came = dict(results(crew, kills_itself, range(10)))
    assert came == {number: None if number == 3 else number for number in range(10)}


def test_a_fault_of_ours_is_not_hidden() -> None:
    with processes(1) as crew, pytest.raises(ValueError, match="a fault of ours"):
        list(results(crew, fails, [1]))


def test_tasks_are_taken_only_when_there_is_room() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    with processes(1) as crew:
        for done, _ in enumerate(results(crew, square, tasks()), 1):
            assert taken <= done + crew.window


def test_leaving_ends_the_workers_at_once() -> None:
    before = time.monotonic()
    with processes(2) as crew:
        came = results(crew, sleeps, [0.0, 600.0, 600.0])
        assert next(came) == (0.0, 0.0)
        children = psutil.Process().children(recursive=True)
    assert time.monotonic() - before < 60
    assert not [child for child in children if child.is_running() and "spawn_main" in " ".join(child.cmdline() or [])]
