"""Where the work is done: processes of this machine, or a Dask cluster; both are `concurrent.futures` and look the same from here.

A worker that dies takes no run with it. What was running when a pool of processes broke is tried once more, one by one, so that
only what really kills a worker is given up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from auditor.detection.pool import safe_path
from auditor.errors import ConfigurationError, RemoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

_LOOK_EVERY: Final = 15.0
_PATIENCE: Final = 20
_AHEAD: Final = 2
"""Tasks waiting for each worker: enough that none is idle, few enough that memory stays flat."""


class Crew(Protocol):
    """Workers: an executor that can be replaced when it breaks. `gave_up` is what is raised for a task that kills workers."""

    @property
    def gave_up(self) -> type[BaseException] | tuple[()]:
        """What the executor itself raises for a task that it gave up."""
        ...

    @property
    def window(self) -> int:
        """How many tasks may be under way."""
        ...

    @property
    def executor(self) -> Executor:
        """Who takes tasks."""
        ...

    def renew(self) -> None:
        """Replace the executor if it broke."""
        ...

    def check(self) -> None:
        """Look whether anybody is there to do the work.

        Raises:
            RemoteError: nobody is.
        """
        ...


def results(crew: Crew, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R | None]]:
    """Do all tasks and yield each with its result as it comes; None for a task that killed its worker.

    Tasks are taken only when there is room for them.

    Raises:
        RemoteError: the workers are gone for good.
    """
    waiting = iter(tasks)
    running: dict[Future[R], T] = {}
    suspects: deque[T] = deque()
    while True:
        if suspects and not running:
            crew.renew()
            alone = suspects.popleft()
            yield alone, _alone(crew, work, alone)
            continue
        room = 0 if suspects else crew.window - len(running)
        for task in islice(waiting, max(0, room)):
            _submit(crew, work, task, running, suspects)
        if not running and not suspects:
            return
        if running:
            yield from _finished(crew, running, suspects)


def _submit(crew: Crew, work: Callable[[T], R], task: T, running: dict[Future[R], T], suspects: deque[T]) -> None:
    try:
        running[crew.executor.submit(work, task)] = task
    except BrokenExecutor:
        suspects.append(task)


def _finished(crew: Crew, running: dict[Future[R], T], suspects: deque[T]) -> Iterator[tuple[T, R | None]]:
    done, _ = wait(running, timeout=_LOOK_EVERY, return_when=FIRST_COMPLETED)
    if not done:
        crew.check()
    for future in done:
        task = running.pop(future)
        try:
            yield task, future.result()
        except BrokenExecutor:
            suspects.append(task)
        except CancelledError:
            raise _gone() from None
        except crew.gave_up:
            yield task, None


def _alone(crew: Crew, work: Callable[[T], R], task: T) -> R | None:
    try:
        return crew.executor.submit(work, task).result()
    except BrokenExecutor:
        crew.renew()
        return None


def _gone() -> RemoteError:
    return RemoteError("The Dask scheduler is gone.", hint="What was done is stored; run again to go on from there.")


class Processes:
    """Worker processes of this machine."""

    gave_up: tuple[()] = ()

    def __init__(self, workers: int) -> None:
        """Start them when there is work."""
        self._workers = workers
        self.executor = self._pool()

    @property
    def window(self) -> int:
        """How many tasks may be under way."""
        return self._workers * _AHEAD

    def renew(self) -> None:
        """Replace the pool: a dead process broke it."""
        self.close()
        self.executor = self._pool()

    def check(self) -> None:
        """Do nothing: a pool notices by itself when a process dies."""

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        running = list((getattr(self.executor, "_processes", None) or {}).values())
        self.executor.shutdown(wait=False, cancel_futures=True)
        for process in running:
            process.terminate()
        for process in running:
            process.join()

    def _pool(self) -> Executor:
        return ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Leave Ctrl-C to the coordinator, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def processes(workers: int) -> Iterator[Crew]:
    """Start worker processes, and end them."""
    crew = Processes(workers)
    with safe_path():
        try:
            yield crew
        finally:
            crew.close()


class Dask:
    """The workers of a Dask cluster; the scheduler itself gives work of a dead worker to another."""

    def __init__(self, client: Any, gave_up: type[BaseException]) -> None:  # noqa: ANN401  its library has no types
        """Use a client that is connected."""
        self._client = client
        self.gave_up = gave_up
        self.executor: Executor = client.get_executor(pure=False, retries=0)

    @property
    def window(self) -> int:
        """How many tasks may be under way, which changes as workers come and go."""
        return max(1, self._threads()) * _AHEAD

    def renew(self) -> None:
        """Do nothing: the scheduler replaces what is lost."""

    def check(self) -> None:
        """Look whether the scheduler has any workers.

        Raises:
            RemoteError: it has none, or it is gone.
        """
        if not self._threads():
            msg = "The Dask cluster has no workers left."
            raise RemoteError(msg, hint="Start workers, then run again: what was done is stored.")

    def _threads(self) -> int:
        try:
            workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        except (OSError, TimeoutError, KeyError, ValueError):
            raise _gone() from None
        return sum(int(worker["nthreads"]) for worker in workers)


@contextmanager
def dask(address: str) -> Iterator[Crew]:
    """Reach a Dask cluster.

    Raises:
        ConfigurationError: Dask is not installed.
        RemoteError: the scheduler does not answer.
    """
    try:
        from distributed import Client  # noqa: PLC0415  not installed by default
        from distributed.scheduler import KilledWorker  # noqa: PLC0415  as above
    except ModuleNotFoundError:
        msg = "Dask is not installed."
        raise ConfigurationError(msg, hint="Install auditor[cluster], here and on every worker.") from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]  # it has no types
    except (OSError, TimeoutError, ValueError):
        msg = f"The Dask scheduler {address} does not answer."
        raise RemoteError(msg, hint="Check its address, such as tcp://host:8786.") from None
    try:
        yield Dask(client, KilledWorker)
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=5)  # type: ignore[no-untyped-call]  # it has no types
