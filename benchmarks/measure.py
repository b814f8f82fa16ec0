"""Run a command and measure it: wall seconds, CPU seconds of all its processes, peak memory of all of them together.

Memory is the proportional set size (PSS) of the process tree, sampled: pages that processes share count once. Linux only.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_EVERY: Final = 0.1
_KIB: Final = 1024


@dataclass(frozen=True)
class Usage:
    """What one run took."""

    wall: float
    cpu: float
    peak: int
    code: int


def measured(command: Sequence[str], *, output: Path, folder: Path, env: Mapping[str, str] | None = None) -> Usage:
    """Run a command in a folder, its standard output in a file, and return what it took."""
    with output.open("wb") as out:
        begun = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd=folder, env=env)
        over = threading.Event()
        peaks = [0]
        watcher = threading.Thread(target=_watch, args=(process.pid, over, peaks))
        watcher.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        over.set()
        watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Usage(wall, used.ru_utime + used.ru_stime, peaks[0], process.returncode)


def _watch(root: int, over: threading.Event, peaks: list[int]) -> None:
    while not over.is_set():
        peaks[0] = max(peaks[0], sum(map(_pss, _tree(root))))
        over.wait(_EVERY)


def _tree(root: int) -> Iterable[int]:
    """Yield a process and its descendants."""
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        with contextlib.suppress(OSError):  # it may have ended in between
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting += map(int, _read(task).split())


def _pss(pid: int) -> int:
    return pss_of(_read(Path(f"/proc/{pid}/smaps_rollup")))


def pss_of(rollup: str) -> int:
    """Return the bytes of PSS that a `smaps_rollup` tells; 0 where the process is gone."""
    for line in rollup.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * _KIB
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""  # the process ended meanwhile
