"""The owner of the helper process: a reader that crashes or hangs loses its file, not the scan.

One helper for each process, started at the first need, kept for all files, started anew after a crash or a hang.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.sources.containers import isolated, wire
from auditor.sources.containers.budget import CannotOpenError, Closed, Limits, Member, NotThisError, Reason
from auditor.sources.containers.wire import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget

_STEP: Final = 1 << 20
_WAITING: Final = 16
_GRACE: Final = 0.5
_START: Final = 20.0
_LIBRARIES: Final = ("auditor", "defusedxml", "pypdf", "PIL", "olefile", "xlrd", "pyarrow")
_KEPT: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")


class Helper:
    """One helper process."""

    def __init__(self) -> None:
        """Start it: isolated from the environment and the current folder, in a session of its own so that ^C passes it by."""
        self.owner = os.getpid()
        self.fresh = True
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", isolated.bootstrap(), *_roots()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"LC_ALL": "C.UTF-8", **{key: os.environ[key] for key in _KEPT if key in os.environ}},
            start_new_session=True,
            bufsize=0,
        )
        assert self._process.stdin is not None  # noqa: S101  both are pipes, as asked above
        assert self._process.stdout is not None  # noqa: S101
        self._in = self._process.stdin.fileno()
        self._out = self._process.stdout.fileno()
        self._heard: queue.Queue[bytes] = queue.Queue(_WAITING)
        self._rest = memoryview(b"")
        threading.Thread(target=self._listen, daemon=True).start()

    def send(self, message: bytes, until: float) -> None:
        """Write a request.

        Raises:
            TimeoutError: the helper does not read.
            OSError: it is gone.
        """
        failed: list[OSError] = []
        writer = threading.Thread(target=_write, args=(self._in, message, failed), daemon=True)
        writer.start()
        writer.join(max(0.0, until - time.monotonic()))
        if writer.is_alive():
            raise TimeoutError
        if failed:
            raise failed[0]

    def receive(self, size: int, until: float) -> bytes:
        """Read so many bytes.

        Raises:
            TimeoutError: they do not come in time.
            EOFError: the helper is gone.
        """
        parts: list[memoryview] = []
        while size:
            if not self._rest:
                try:
                    self._rest = memoryview(self._heard.get(timeout=max(0.0, until - time.monotonic())))
                except queue.Empty:
                    raise TimeoutError from None
                if not self._rest:
                    raise EOFError
            part, self._rest = self._rest[:size], self._rest[size:]
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _listen(self) -> None:
        """Hand on what the helper says, nothing at its end: a thread, since not every system waits for a pipe with a time limit."""
        said = b"-"
        while said:
            try:
                said = os.read(self._out, _STEP)
            except OSError:
                said = b""
            self._heard.put(said)

    def stop(self) -> None:
        """End it; in a forked copy of the owner only let go of it."""
        if self.owner == os.getpid():
            self._process.kill()
            with contextlib.suppress(OSError):
                self._process.wait(timeout=5)
            with contextlib.suppress(queue.Empty):
                while self._heard.get(timeout=1):
                    pass
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _write(descriptor: int, message: bytes, failed: list[OSError]) -> None:
    view = memoryview(message)
    try:
        while view:
            view = view[os.write(descriptor, view[:_STEP]) :]
    except OSError as error:
        failed.append(error)


class _Keeper:
    """Holds the one helper of this process."""

    def __init__(self) -> None:
        self._helper: Helper | None = None

    def get(self) -> Helper:
        if self._helper is not None and self._helper.owner != os.getpid():
            self._helper = None
        if self._helper is None:
            self._helper = Helper()
        return self._helper

    def drop(self) -> None:
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.stop()


_KEEPER: Final = _Keeper()
atexit.register(_KEEPER.drop)


def read(name: str, data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Let the helper open a container; the answer is complete before the first member is handed on.

    Raises:
        CannotOpenError: the container, or the rest of it, stays closed.
        NotThisError: the content was something else.
    """
    items, ending = _ask(name, data, budget)
    yield from items
    if ending is not None:
        raise ending


def _ask(name: str, data: bytes, budget: Budget) -> tuple[list[Member | Closed], Exception | None]:
    """Send one request and gather the answer, as far as it comes."""
    items: list[Member | Closed] = []
    try:
        helper = _KEEPER.get()
        allowed = budget.seconds_left
        until = time.monotonic() + allowed + _GRACE + (_START if helper.fresh else 0)
        limits = Limits(budget.limits.depth, budget.bytes_left, budget.members_left, allowed, budget.limits.ratio)
        helper.send(wire.request(name, limits, data), until)
        ending = _gather(helper, items, budget, until)
        helper.fresh = False
    except CannotOpenError as error:
        ending = error
        _KEEPER.drop()
    except TimeoutError:
        ending = CannotOpenError(Reason.TIME)
        _KEEPER.drop()
    except (OSError, EOFError, ValueError):
        ending = CannotOpenError(Reason.CRASHED, name)
        _KEEPER.drop()
    except BaseException:
        # Interrupted in the middle of an answer: the next request must not read its rest.
        _KEEPER.drop()
        raise
    return items, ending


def _gather(helper: Helper, items: list[Member | Closed], budget: Budget, until: float) -> Exception | None:
    """Read frames until the answer ends."""
    ending: Exception | None = None
    while True:
        raw, name_length, data_length = wire.FRAME.unpack(helper.receive(wire.FRAME.size, until))
        kind = Kind(raw)
        if name_length > wire.LONGEST_NAME:
            raise EOFError
        name = helper.receive(name_length, until).decode("utf-8", "replace")
        if kind is Kind.MEMBER:
            budget.member()
            budget.take(data_length)
            items.append(Member(name, helper.receive(data_length, until)))
            continue
        said = helper.receive(min(data_length, wire.LONGEST_NAME), until).decode("utf-8", "replace")
        if kind is Kind.CLOSED:
            items.append(Closed(name, said))
        elif kind is Kind.NOT_THIS:
            ending = NotThisError()
        elif kind is Kind.STOPPED:
            ending = CannotOpenError(Reason[name] if name in Reason.__members__ else Reason.BROKEN, said)
        else:
            return ending


def _roots() -> list[str]:
    """Return the folders that hold this package and its libraries: the helper inherits no search path."""
    found: dict[str, None] = {}
    for name in _LIBRARIES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            found[str(Path(spec.origin).resolve().parent.parent)] = None
    return list(found)
