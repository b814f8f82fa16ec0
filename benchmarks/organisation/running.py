"""`auditor org` as a process of its own: what it said, what it took, how its memory went, and how it is killed on the way."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Hear = Callable[[int, subprocess.Popen[str]], object]

ROOT: Final = Path(__file__).parents[2]
EVERY: Final = 0.2
MEGABYTE: Final = 1_000_000
_START: Final = "from auditor.cli import main; main()"


@dataclass
class Run:
    """One run.

    `lines` are what it said of each repository, `held` the bytes that the coordinator held from the first of them on, `left` the
    processes of it that did not end with it.
    """

    code: int = 0
    wall: float = 0.0
    busy: float = 0.0
    said: str = ""
    lines: list[str] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    together: int = 0
    peak: int = 0

    @property
    def words(self) -> str:
        """What the run says of itself: so many scanned, so many unchanged."""
        line = next((line for line in self.said.splitlines() if line.startswith("This run")), "")
        return line.removeprefix("This run: ").rpartition(", in")[0] or self.said.strip()[-200:]

    def quarters(self) -> list[float]:
        """Return the median of what the coordinator held in each quarter of the run, in megabytes."""
        size = max(1, len(self.held) // 4)
        parts = [self.held[start : start + size] for start in range(0, 4 * size, size)]
        return [median(part) / MEGABYTE if part else 0.0 for part in parts]


def nothing(_said: int, _process: subprocess.Popen[str]) -> None:
    """Do no harm."""


def run(arguments: Sequence[str], environment: Mapping[str, str], *, hear: Hear = nothing) -> Run:
    """Run to the end; `hear` is told after each line how many there were, and may do harm."""
    made = Run()
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _START, "org", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    family: dict[int, psutil.Process] = {}
    listener = threading.Thread(target=_listen, args=(process, made, hear))
    watcher = threading.Thread(target=_watch, args=(process.pid, made, family))
    listener.start()
    watcher.start()
    with process:
        made.said = process.stdout.read() if process.stdout else ""
        made.code = process.wait()
        made.wall = time.monotonic() - began
        listener.join()
        watcher.join()
    made.left = [process.pid for process in psutil.wait_procs(family.values(), timeout=30)[1]]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    made.busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return made


def kill_after(lines: int) -> Hear:
    """Return what kills the coordinator once it has said so many lines."""

    def hear(said: int, process: subprocess.Popen[str]) -> None:
        if said == lines:
            process.send_signal(signal.SIGKILL)

    return hear


def _listen(process: subprocess.Popen[str], made: Run, hear: Hear) -> None:
    for line in process.stderr or ():
        made.lines.append(line.rstrip("\n"))
        hear(len(made.lines), process)


def _watch(pid: int, made: Run, family: dict[int, psutil.Process]) -> None:
    """Note memory until the process ends; what is held before the first repository and after the last is told apart."""
    try:
        main = psutil.Process(pid)
        while main.is_running() and main.status() != psutil.STATUS_ZOMBIE:
            own = main.memory_info().rss
            made.peak = max(made.peak, own)
            if made.lines:
                made.held.append(own)
            family.update((child.pid, child) for child in main.children(recursive=True))
            made.together = max(made.together, own + sum(map(_memory, list(family.values()))))
            time.sleep(EVERY)
    except psutil.NoSuchProcess:
        return


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def busy(pid: int) -> float:
    """Return the processor seconds that a process and what it started have taken; 0 for one that has ended."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
