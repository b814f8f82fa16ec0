"""A PostgreSQL of the tests' own: made in a temporary folder, stopped at the end. Where it is not installed a test says so."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


def binaries() -> Path:
    """Return the folder of initdb and postgres."""
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if all((folder / name).exists() for name in ("initdb", "postgres", "pg_isready")):
            return folder
    sentence = "PostgreSQL is missing; run .ci/install-test-tools"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@contextmanager
def running() -> Iterator[str]:
    """Yield the URL of a running server, without the name of a database."""
    tools = binaries()
    base = Path(tempfile.mkdtemp(prefix="pg-"))  # short: the path of a socket has few characters
    whom = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        nobody = pwd.getpwnam("nobody")
        os.chown(base, nobody.pw_uid, nobody.pw_gid)
        whom = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    base.chmod(0o700)
    data = base / "data"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    make = [tools / "initdb", "-D", data, "-U", "auditor", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(make, cwd=base, check=True, capture_output=True, **whom)  # type: ignore[call-overload]  # keywords from a dict
    start = [tools / "postgres", "-D", data, "-p", str(port), "-k", base, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    with (base / "log").open("wb") as log:
        server = subprocess.Popen(start, cwd=base, stdout=log, stderr=log, **whom)  # type: ignore[call-overload]  # as above
    try:
        _wait(tools, port)
        yield f"postgresql://auditor@127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing is to be kept
        server.wait(30)
        shutil.rmtree(base, ignore_errors=True)


def _wait(tools: Path, port: int) -> None:
    for _ in range(200):
        ready = subprocess.run([tools / "pg_isready", "-h", "127.0.0.1", "-p", str(port)], capture_output=True, check=False)
        if ready.returncode == 0:
            return
        time.sleep(0.05)
    msg = "PostgreSQL did not start"
    raise AssertionError(msg)
