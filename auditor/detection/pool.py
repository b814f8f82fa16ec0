"""Worker processes, each with its own scanner; a share goes to whoever is free, and a dead worker costs only its share."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

from auditor.detection.work import Done, scan_share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import _ConnectionBase
    from multiprocessing.context import ForkContext, SpawnContext
    from multiprocessing.process import BaseProcess

    from auditor.detection.scanner import Scanner
    from auditor.model.blob import Share
    from auditor.model.progress import Progress

    _Line = _ConnectionBase[object, object]

_SAFE_PATH: Final = "PYTHONSAFEPATH"
_COLLECT: Final = (50_000, 20, 100)


@dataclass(frozen=True, slots=True)
class _Advanced:
    objects: int
    size: int
    findings: int


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    line: _Line
    share: int | None = None


class Pool:
    """Runs shares in processes; the outcome of each is yielded as it comes, None where its worker died."""

    def __init__(self, make: Callable[[], Scanner], own: Callable[[], Scanner], workers: int) -> None:
        """Take what makes a scanner in another process, what gives that of this process, and how many workers there are."""
        self._make = make
        self._own = own
        self._size = workers
        self._context = _context()

    def run(self, shares: Sequence[Share], progress: Progress) -> Iterator[Done | None]:
        """Scan all shares.

        Raises:
            AuditorError: as raised in a worker.
        """
        waiting = list(range(len(shares)))[::-1]
        if self._context.get_start_method() == "fork":
            # Made once, and there in every worker.
            scanner = self._own()
            self._make = lambda: scanner
            gc.freeze()
        workers: list[_Worker] = []
        try:
            for _ in range(min(self._size, len(shares))):
                workers.append(self._start(workers))
            for worker in workers:
                _hand_out(worker, waiting, shares)
            while any(worker.share is not None for worker in workers):
                for line in wait([worker.line for worker in workers if worker.share is not None]):
                    worker = next(item for item in workers if item.line is line)
                    yield from self._hear(worker, workers, waiting, shares, progress)
        finally:
            for worker in workers:
                _stop(worker)

    def _hear(
        self, worker: _Worker, workers: list[_Worker], waiting: list[int], shares: Sequence[Share], progress: Progress
    ) -> Iterator[Done | None]:
        try:
            said = worker.line.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            _stop(worker)
            workers.remove(worker)
            if waiting:
                workers.append(self._start(workers))
                _hand_out(workers[-1], waiting, shares)
            yield None
            return
        if isinstance(said, _Advanced):
            progress.advance(objects=said.objects, size=said.size, findings=said.findings)
        elif isinstance(said, _Failed):
            raise said.error
        elif isinstance(said, Done):
            worker.share = None
            _hand_out(worker, waiting, shares)
            yield said

    def _start(self, others: Sequence[_Worker]) -> _Worker:
        ours, theirs = self._context.Pipe()
        # A copy would hold the lines of the others open, and none of them would hear that this process is gone.
        lines = [ours, *(worker.line for worker in others)] if self._context.get_start_method() == "fork" else []
        process = self._context.Process(target=_work, args=(theirs, self._make, lines), daemon=True)
        with safe_path():
            process.start()
        theirs.close()
        return _Worker(process, ours)


def _context() -> ForkContext | SpawnContext:
    """Return how workers start: as copies of this process where that is safe, else anew.

    A copy has the compiled rules at once. It is not safe beside other threads, which may hold locks that nobody gives back in the
    copy, and not on macOS, whose libraries start threads of their own.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def _hand_out(worker: _Worker, waiting: list[int], shares: Sequence[Share]) -> None:
    if waiting:
        worker.share = waiting.pop()
        # A worker that is already dead is noticed when it is listened to.
        with contextlib.suppress(OSError):
            worker.line.send(shares[worker.share])


def _stop(worker: _Worker) -> None:
    worker.line.close()
    worker.process.terminate()
    worker.process.join()


@contextlib.contextmanager
def safe_path() -> Iterator[None]:
    """Start Python without the current folder on its path: that folder may be the scanned one, with a `csv.py` in it."""
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


def _collect_seldom() -> None:
    """Look for cycles of garbage seldom: what a worker makes is nearly all freed by counting, and its rules live as long as it."""
    gc.freeze()
    gc.set_threshold(*_COLLECT)


def _work(line: _Line, make: Callable[[], Scanner], others: Sequence[_Line]) -> None:
    """Scan the shares that come down the line until it is closed; `others` are not for this process."""
    for other in others:
        other.close()

    def advance(*, objects: int = 0, size: int = 0, findings: int = 0) -> None:
        line.send(_Advanced(objects, size, findings))

    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        try:
            scanner = make()
            _collect_seldom()
            while True:
                share: Share = line.recv()  # type: ignore[assignment]  # what the parent sends is a share
                line.send(scan_share(scanner, share, advance))
        except (EOFError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  handed to the parent, which raises it
            line.send(_Failed(error))
