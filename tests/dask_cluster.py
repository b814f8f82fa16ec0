"""A Dask scheduler and workers on this machine, each a process of its own, which can be killed.

with cluster(tmp_path / "dask") as made:
    made.address                                    # for auditor
    worker = made.worker()
    worker.kill()
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]


@dataclass
class Cluster:
    """A scheduler and its workers. A task near whose end so many workers died is given up by the scheduler: `failures`."""

    address: str
    folder: Path
    failures: int
    environment: Mapping[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(self.failures),
            "DASK_TEMPORARY_DIRECTORY": str(self.folder),
            **self.environment,
        }
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                env=environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker that nobody starts again when it dies."""
        return self.start(
            *("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--death-timeout", "60"),
            *("--local-directory", str(self.folder)),
        )


@contextmanager
def cluster(folder: Path, *, failures: int = 0, environment: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """Start a scheduler, and end it with all its workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(parents=True)
    made = Cluster(f"tcp://127.0.0.1:{port}", folder, failures, environment or {})
    made.start("scheduler", "--host", "127.0.0.1", "--port", str(port))
    try:
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()
