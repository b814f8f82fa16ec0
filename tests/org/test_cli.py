"""`auditor org` as a person meets it: a real process, real repositories, files on disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner, Result

from auditor.cli.app import app
from auditor.errors import AuditorError, UsageError
from auditor.org.store import Store
from tests.gitrepo import GitRepo
from tests.org.samples import NOW, SCOPE, begin, contents, outcome, report
from tests.org.test_run import HOOK

ROOT = Path(__file__).parents[2]


@dataclass
class Desk:
    """A folder with two repositories and a list of them."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "data" / "auditor" / "organisation.db"

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        places = {"XDG_DATA_HOME": str(self.folder / "data"), "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-P", "-c", "from auditor.cli import main; main()", "org", *map(str, arguments)],
            cwd=self.folder,
            env=os.environ | places,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    for name in ("leaks", "copy"):
        GitRepo.create(tmp_path / name).commit({"deploy.sh": f"curl {HOOK}\n", "README.md": name}, "Begin")
    GitRepo(tmp_path / "leaks").mirror(tmp_path / "leaks.git")
    GitRepo(tmp_path / "copy").mirror(tmp_path / "copy.git")
    (tmp_path / "list.txt").write_text("leaks.git\ncopy.git\n")
    return Desk(tmp_path)


Here = Callable[..., Result]


@pytest.fixture
def here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Here:
    """Run the command line in this process, at the desk; errors are raised through."""
    monkeypatch.chdir(desk.folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(desk.folder / "data"))
    return lambda *arguments: CliRunner().invoke(app, ["org", *arguments], catch_exceptions=False)


def test_from_a_list_to_a_site(desk: Desk, here: Here) -> None:
    first = desk.run("--from", "list.txt", "--site", "site", "--workers", "2")
    assert first.returncode == 1, first.stderr
    assert first.stdout.splitlines()[0] == "2 repositories: 2 not yet."
    assert "2 scanned" in first.stdout
    assert "the same in several repositories: 1" in first.stdout
    assert "Traceback" not in first.stderr
    portfolio = json.loads((desk.folder / "site" / "portfolio.json").read_text())
    assert {one["full_name"] for one in portfolio["repositories"]} == {"leaks.git", "copy.git"}
    assert len(list((desk.folder / "site" / "repositories").glob("*.html"))) == 2
    again = here("--from", "list.txt", "--site", "site", "--workers", "1", "--quiet", "--exit-zero")
    assert again.exit_code == 0
    assert again.stderr == ""
    assert "2 unchanged" in again.stdout
    written = [path for path in desk.folder.rglob("*") if (path.is_file() and "data" in path.parts) or "site" in path.parts]
    assert len(written) > 5
    assert not [path for path in written if path.is_file() and HOOK[-24:].encode() in path.read_bytes()]


def test_forgetting_a_repository(desk: Desk, here: Here) -> None:
    with Store(f"sqlite:///{desk.database}") as store:
        run = begin(store)
        for name in ("leaks.git", "copy.git"):
            store.record(run, SCOPE, outcome(name, report(blocked=True)), basis="b", key_id="k1")
    assert here("forget", "leaks.git").stdout == "Forgot 1 repository.\n"
    with Store(f"sqlite:///{desk.database}") as store:
        kept = contents(store)
    assert [row["name"] for row in kept["repositories"]] == ["copy.git"]
    assert {row["repository_id"] for row in kept["findings"]} == {"copy.git"}
    with pytest.raises(UsageError, match="knows no repository"):
        here("forget", "leaks.git")
    assert here("forget", "--older-than", "30").stdout == "Forgot 0 repositories and 0 runs.\n"


def test_what_is_old_is_forgotten_at_the_end_of_a_run(desk: Desk, here: Here) -> None:
    with Store(f"sqlite:///{desk.database}") as store:
        old = begin(store, NOW - timedelta(days=400))
        store.record(old, SCOPE, outcome("left.git", report(blocked=True)), basis="b", key_id="k1")
    (desk.folder / "list.txt").write_text("nothing.git\n")
    done = here("--from", "list.txt", "--workers", "1", "--keep-days", "30", "--exit-zero")
    assert done.exit_code == 0, done.output
    with Store(f"sqlite:///{desk.database}") as store:
        kept = contents(store)
    assert [row["name"] for row in kept["repositories"]] == ["nothing.git"]
    assert len(kept["runs"]) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "none.txt"), "cannot be read"),
        (("--from", "list.txt", "--executor", "cloud"), "no executor"),
        (("--from", "list.txt", "--executor", "dask"), "--scheduler"),
        (("--from", "list.txt", "--site", "."), "did not write"),
        (("--from", "list.txt", "--team", "x"), "says nothing of topics"),
        (("--from", "list.txt", "--store", "nonsense"), "database is none"),
        (("--from", "list.txt", "--key", "none.key"), "cannot be read"),
        (("somebody", "--from", "list.txt"), "not both"),
        (("somebody", "--visibility", "open"), "no visibility"),
        (("forget",), "not clear what to forget"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_done(arguments: tuple[str, ...], words: str, here: Here) -> None:
    with pytest.raises(AuditorError, match=words) as caught:
        here(*arguments)
    assert caught.value.exit_code == 2


def test_without_a_word_its_use_is_shown(here: Here) -> None:
    assert "Usage" in here().output


def all_ended(children: list[psutil.Process]) -> bool:
    """Wait until none of them does anything any more; one that nobody has asked about has ended too."""

    def alive(child: psutil.Process) -> bool:
        try:
            return bool(child.is_running() and child.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False

    deadline = time.monotonic() + 60
    while any(alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not any(alive(child) for child in children)


def test_an_interrupted_run_ends_its_workers_and_says_so(desk: Desk) -> None:
    for number in range(6):
        GitRepo.create(desk.folder / f"more-{number}").commit({"a.txt": str(number)})
    (desk.folder / "list.txt").write_text("".join(f"more-{number}\n" for number in range(6)))
    process = desk.start("--from", "list.txt", "--workers", "1")
    assert process.stderr is not None
    process.stderr.readline()
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 130
    assert "Interrupted" in process.stderr.read()
    process.communicate()
    assert all_ended(children)
