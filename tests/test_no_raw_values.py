"""No output, log, cache or temporary file holds a planted value: raw, base64, hexadecimal, percent-encoded or reversed."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import urllib.parse
import zipfile
from typing import TYPE_CHECKING

from auditor.reports.formats import FORMATS
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEAM = "¦"
TOKEN = "ghp_h3RkW9bTq2XsLd7¦VnZ4cYf8GpJ6mUa1QtE5B".replace(SEAM, "")
BRANCH_TOKEN = "ghp_Zb8NwK4xMv1CyPg¦T6dHq9RjS3fLe7UaQ2iXo".replace(SEAM, "")
NOTIFY = "apply-6d1f3a52-9b0e-4c7d-8a21-5f0b7c3e9d14-¦e2b94c07-1a5d-4f38-b6c9-0d7e8a1f2b43".replace(SEAM, "")
PASSWORD = "gK4wz8¦VpHd6".replace(SEAM, "")
PLANTED = (TOKEN, BRANCH_TOKEN, NOTIFY, PASSWORD)


def forms(value: str) -> Iterator[bytes]:
    raw = value.encode()
    yield raw
    yield raw[::-1]
    yield raw.hex().encode()
    yield urllib.parse.quote("".join(f"%{byte:02X}" for byte in raw), safe="%").encode()
    for shift in range(3):  # base64 of a longer text holds the value at one of three alignments
        inner = base64.b64encode(b"\0" * shift + raw)
        yield inner[4 if shift else 0 : -4]


def planted(folder: Path) -> GitRepo:
    repository = GitRepo.create(folder)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("inner/settings.py", f"NOTIFY_API_KEY = '{NOTIFY}'\n")
    files = {"app.py": f"token = '{TOKEN}'\n", "live.env": f"DB_PASSWORD={PASSWORD}\n", f"keys/{TOKEN}.txt": "see the name\n"}
    repository.commit(files, f"Add {TOKEN}")
    repository.commit({"data.zip": archive.getvalue()}, "Add data")
    repository.git("branch", f"try-{BRANCH_TOKEN}")
    return repository


def test_nothing_that_is_written_holds_a_value(tmp_path: Path) -> None:
    repository = planted(tmp_path / "service")
    out, cache, temporary = tmp_path / "out", tmp_path / "cache", tmp_path / "temporary"
    for folder in (out, cache, temporary):
        folder.mkdir()
    reports = [part for name in FORMATS for part in ("--report", f"{name}={out / name}")]
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from auditor.cli import main; main()", "scan", str(repository.path), *reports],
        capture_output=True,
        check=False,
        env={**os.environ, "TMPDIR": str(temporary), "XDG_CACHE_HOME": str(cache)},
        timeout=300,
    )
    assert done.returncode == 1, done.stderr.decode()
    written = {"stdout": done.stdout, "stderr": done.stderr}
    for folder in (out, cache, temporary):
        written |= {str(p.relative_to(tmp_path)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert set(FORMATS) <= {name.rpartition("/")[2] for name in written}
    guilty = {(name, value[:8]) for name, data in written.items() for value in PLANTED for form in forms(value) if form in data}
    assert guilty == set()
    assert list(temporary.iterdir()) == []
