"""Where the work is done: processes of this machine, or a Dask cluster; both are `concurrent.futures` and look the same from here.

A worker that dies takes no run with it. What was running or waiting there is tried once more at the end, one by one, so that only
what really kills a worker is given up: a broken pool and a scheduler name all that were near.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

from auditor.detection.pool import safe_path
from auditor.errors import ConfigurationError, RemoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

_LOOK_EVERY: Final = 15.0
_PATIENCE: Final = 20
_NONE: Final[Any] = object()
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
    """Do all tasks and yield each with its result as it comes; None for a task that killed its worker twice.

    Tasks are taken only when there is room for them.

    Raises:
        RemoteError: the workers are gone for good.
    """
    state = _State(crew, work, iter(tasks), {})
    while True:
        if state.broken and not state.running:
            crew.renew()
            state.broken = False
        state.fill()
        if state.running:
            yield from state.finished()
        elif state.suspects:
            alone = state.suspects.popleft()
            yield alone, _alone(crew, work, alone)
        elif not state.broken:
            return


@dataclass(slots=True)
class _State(Generic[T, R]):
    """Tasks that wait, that run, and that ran where a worker died: those are tried again when no other is left, one by one."""

    crew: Crew
    work: Callable[[T], R]
    waiting: Iterator[T]
    running: dict[Future[R], T]
    suspects: deque[T] = field(default_factory=deque)
    refused: list[T] = field(default_factory=list)
    broken: bool = False

    def fill(self) -> None:
        """Hand out tasks while there is room; none to an executor that broke."""
        room = 0 if self.broken else self.crew.window - len(self.running)
        for _ in range(room):
            task = self.refused.pop() if self.refused else next(self.waiting, _NONE)
            if task is _NONE:
                return
            try:
                self.running[self.crew.executor.submit(self.work, task)] = task
            except BrokenExecutor:
                self.broken = True
                self.refused.append(task)
                return

    def finished(self) -> Iterator[tuple[T, R | None]]:
        """Yield what has ended since."""
        done, _ = wait(self.running, timeout=_LOOK_EVERY, return_when=FIRST_COMPLETED)
        if not done:
            self.crew.check()
        for future in done:
            task = self.running.pop(future)
            try:
                result = future.result()
            except BrokenExecutor:
                self.broken = True
            except CancelledError:
                raise _gone() from None
            except self.crew.gave_up:
                pass
            else:
                yield task, result
                continue
            self.suspects.append(task)


def _alone(crew: Crew, work: Callable[[T], R], task: T) -> R | None:
    future = crew.executor.submit(work, task)
    while not wait([future], timeout=_LOOK_EVERY).done:
        crew.check()
    try:
        return future.result()
    except BrokenExecutor:
        crew.renew()
    except CancelledError:
        raise _gone() from None
    except crew.gave_up:
        pass
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
