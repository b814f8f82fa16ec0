"""Worker processes, each with its own scanner; a share goes to whoever is free, and a dead worker costs only its share."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

from auditor.detection.work import Done, scan_share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import _ConnectionBase
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
    """Runs shares in processes; the outcome of each is yielded as it comes, None where its worker died.

    A worker starts as a copy of this process where it can, and has the compiled rules at once. That is not safe beside other
    threads, which may hold locks that nobody gives back in the copy, and not on macOS, whose libraries start threads of their own.
    """

    def __init__(self, make: Callable[[], Scanner], own: Callable[[], Scanner], workers: int) -> None:
        """Take what makes a scanner in another process, what gives that of this process, and how many workers there are."""
        self._make = make
        self._own = own
        self._size = workers

    def run(
        self, shares: Sequence[Share], progress: Progress, meanwhile: Callable[[], None] | None = None
    ) -> Iterator[Done | None]:
        """Scan all shares; this process, which only listens, does what `meanwhile` does in a thread.

        Raises:
            AuditorError: as raised in a worker.
        """
        waiting = list(range(len(shares)))[::-1]
        if sys.platform == "linux" and threading.active_count() == 1:
            self._own()  # made once, and there in every worker
            gc.freeze()  # looking for garbage would write to what is shared
        workers: list[_Worker] = []
        aside = threading.Thread(target=_quietly, args=(meanwhile,), daemon=True) if meanwhile else None
        try:
            for _ in range(min(self._size, len(shares))):
                workers.append(self._start(workers))
            for worker in workers:
                _hand_out(worker, waiting, shares)
            if aside:
                aside.start()
            while any(worker.share is not None for worker in workers):
                for line in wait([worker.line for worker in workers if worker.share is not None]):
                    worker = next(item for item in workers if item.line is line)
                    yield from self._hear(worker, workers, waiting, shares, progress)
            if aside:
                aside.join()
        finally:
            for worker in workers:
                _stop(worker)
            gc.unfreeze()

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
        ours, theirs = multiprocessing.Pipe()
        process: BaseProcess
        if sys.platform == "linux" and threading.active_count() == 1:
            # A copy would hold the lines of the others open, and none of them would hear that this process is gone.
            given = (theirs, self._own, [ours, *(worker.line for worker in others)])
            process = multiprocessing.get_context("fork").Process(target=_work, args=given, daemon=True)
        else:
            process = multiprocessing.get_context("spawn").Process(target=_work, args=(theirs, self._make, ()), daemon=True)
        with safe_path():
            process.start()
        theirs.close()
        return _Worker(process, ours)


def _quietly(prepare: Callable[[], None]) -> None:
    # Whatever fails here is done again, and fails again, where it is needed.
    with contextlib.suppress(Exception):
        prepare()


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


def _as_new(others: Sequence[_Line]) -> None:
    """Let go of what a copy has from its parent and a new process would not: lines, and what it does at a signal."""
    for other in others:
        other.close()
    signal.set_wakeup_fd(-1)
    for name in ("SIGTERM", "SIGHUP"):
        if name in signal.Signals.__members__:
            signal.signal(signal.Signals[name], signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _work(line: _Line, make: Callable[[], Scanner], others: Sequence[_Line]) -> None:
    """Scan the shares that come down the line until it is closed; `others` are not for this process."""
    if others:
        _as_new(others)

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
