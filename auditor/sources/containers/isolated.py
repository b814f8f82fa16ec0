"""The helper process: reads one container after another from its input until that ends.

It bounds its own memory and time, because the libraries it calls were not written for hostile input. What they print is lost.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.adapter import ADAPTERS
from auditor.sources.containers.budget import Budget, CannotOpenError, Closed, NotThisError, Reason
from auditor.sources.containers.wire import Kind, frame, read_request

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditor.sources.containers.budget import Limits

_MEMORY: Final = 320 * 1024 * 1024
_GRACE: Final = 3


def main() -> None:
    """Serve requests until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    ADAPTERS.scan()
    _bound_memory()
    loaded = len(sys.modules)
    while (asked := read_request(source.read)) is not None:
        name, limits, data = asked
        _bound_time(limits.seconds)
        for piece in answer(name, limits, data):
            answers.write(piece)
        answers.flush()
        if len(sys.modules) != loaded:
            # A reader loads its library at its first file: what that maps is not to be missed by the next reader.
            loaded = len(sys.modules)
            _bound_memory()


def answer(name: str, limits: Limits, data: bytes) -> Iterator[bytes]:
    """Yield the frames that answer one request."""
    budget = Budget(limits)
    try:
        for item in ADAPTERS[name].open(data, budget):
            if isinstance(item, Closed):
                yield frame(Kind.CLOSED, item.name, item.reason.encode())
            else:
                budget.take(len(item.data))
                yield frame(Kind.MEMBER, item.name, item.data)
    except NotThisError:
        yield frame(Kind.NOT_THIS)
    except CannotOpenError as closed:
        yield frame(Kind.STOPPED, closed.reason.name, closed.detail.encode())
    except ImportError:
        yield frame(Kind.STOPPED, Reason.UNSUPPORTED.name, f"no reader for {name} is installed".encode())
    except MemoryError:
        yield frame(Kind.STOPPED, Reason.SIZE.name, b"memory")
    except Exception:  # noqa: BLE001  readers of hostile content raise anything, and the next file must still be read
        yield frame(Kind.STOPPED, Reason.BROKEN.name, name.encode())
    yield frame(Kind.DONE)


if sys.platform == "win32":

    def _bound_memory() -> None:
        """Bound nothing: this system has no such limit for a process itself; the size that may come out bounds the rest."""

    def _bound_time(seconds: float) -> None:
        """Leave it to the owner, who ends a helper that takes too long."""

else:

    def _bound_memory() -> None:
        """Allow so much more than the interpreter itself has mapped; where that cannot be known or set, time alone bounds."""
        try:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + _MEMORY)
        except (OSError, ValueError):
            pass
        _lower(resource.RLIMIT_CORE, 0)

    def _bound_time(seconds: float) -> None:
        """End this process when one file costs much more than allowed, even if the owner is gone and cannot end it."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + _GRACE)

    def _lower(what: int, value: int) -> None:
        """Set a soft limit, never above what the system allows."""
        _, hard = resource.getrlimit(what)
        set_limit: Callable[[int, tuple[int, int]], None] = resource.setrlimit
        set_limit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def bootstrap() -> str:
    """Return the program that starts this module without the current folder or the environment having a say."""
    return f"import sys; sys.path += sys.argv[1:]; from {__name__} import main; main()"


if __name__ == "__main__":
    sys.exit("This program is started by auditor itself.")
