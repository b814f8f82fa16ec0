"""What a run over many repositories costs: the first, one in which nothing moved, one in which some did, and what forks add.

    python benchmarks/organisation.py FOLDER [--most 40] [--workers 2] [--executor processes]

FOLDER holds bare repositories (`FOLDER/*/repo`, `FOLDER/*.git` or `FOLDER/*`). They are served over http on this machine, copies of
them, so that they can be changed; nothing else is asked of the network. Printed are seconds, what git asked for, memory of the
coordinator and of all processes, and sizes on disk.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.githttp import Host, serve  # noqa: E402  found only after the path is set

EVERY = 0.2
MEGABYTE = 1_000_000


@dataclass
class Row:
    """One run."""

    name: str
    seconds: float
    busy: float
    words: str
    calls: int
    packs: int
    coordinator: list[int]
    everything: int

    def line(self) -> str:
        """Return it as a row of a table."""
        quarter = max(1, len(self.coordinator) // 4)
        early = max(self.coordinator[:quarter], default=0) / MEGABYTE
        late = max(self.coordinator[-quarter:], default=0) / MEGABYTE
        return (
            f"| {self.name} | {self.words} | {self.seconds:.1f} s | {self.busy:.1f} s | {self.calls} | {self.packs} "
            f"| {early:.0f} MB | {late:.0f} MB | {self.everything / MEGABYTE:.0f} MB |"
        )


def repositories(folder: Path, most: int, largest: int) -> list[Path]:
    """Return the bare repositories of a folder that are not too large, the smallest first."""
    found = [path for path in (*folder.glob("*/repo"), *folder.glob("*.git"), *folder.glob("*")) if (path / "HEAD").is_file()]
    sized = sorted((size(path), path) for path in dict.fromkeys(found))
    small = (path for bytes_, path in sized if bytes_ <= largest * MEGABYTE)
    return list(islice((path for path in small if whole(path)), most))


def whole(repository: Path) -> bool:
    """Tell whether every object that a ref leads to is there: another cannot be cloned."""
    git = ["git", "-c", "safe.directory=*", "-C", str(repository), "rev-list", "--objects", "--all", "--quiet"]
    return subprocess.run(git, env=os.environ | {"GIT_NO_LAZY_FETCH": "1"}, capture_output=True, check=False).returncode == 0


def size(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def run(name: str, listing: Path, scratch: Path, host: Host, arguments: argparse.Namespace) -> Row:
    """Run once and watch."""
    host.calls.clear()
    command = [sys.executable, "-P", "-c", "from auditor.cli import main; main()", "org", "--from", str(listing)]
    command += [
        "--workers",
        str(arguments.workers),
        "--quiet",
        "--exit-zero",
        "--store",
        f"sqlite:///{scratch / 'organisation.db'}",
    ]
    command += ["--executor", arguments.executor, *(["--scheduler", arguments.scheduler] if arguments.scheduler else [])]
    if name == "with the site":
        command += ["--site", str(scratch / "site")]
    places = {"XDG_CACHE_HOME": str(scratch / "cache"), "XDG_DATA_HOME": str(scratch / "data")}
    environment = os.environ | places | {"PYTHONPATH": str(ROOT)}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    coordinator: list[int] = []
    everything = [0]
    watcher = threading.Thread(target=watch, args=(process.pid, coordinator, everything))
    watcher.start()
    said, _ = process.communicate()
    took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    watcher.join()
    words = next((line for line in said.splitlines() if line.startswith("This run")), said[-200:])
    packs = sum(call.method == "POST" and "git-upload-pack" in call.path for call in host.calls)
    words = words.removeprefix("This run: ").rpartition(", in")[0]
    return Row(name, took, busy, words, len(host.calls), packs, coordinator, everything[0])


def watch(pid: int, coordinator: list[int], everything: list[int]) -> None:
    """Note memory until the process ends."""
    try:
        main = psutil.Process(pid)
        while main.is_running() and main.status() != psutil.STATUS_ZOMBIE:
            own = main.memory_info().rss
            coordinator.append(own)
            everything[0] = max(everything[0], own + sum(memory(child) for child in main.children(recursive=True)))
            time.sleep(EVERY)
    except psutil.NoSuchProcess:
        return


def memory(process: psutil.Process) -> int:
    """Return what a process holds, 0 for one that has ended."""
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def change(repository: Path, number: int) -> None:
    """Add one commit to a bare repository."""
    git = ["git", "-c", "safe.directory=*", "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-C", str(repository)]

    def ask(*words: str, text: str = "") -> str:
        return subprocess.run([*git, *words], input=text, capture_output=True, text=True, check=True).stdout.strip()

    branch = ask("symbolic-ref", "HEAD")
    blob = ask("hash-object", "-w", "--stdin", text=f"change {number} at {time.time()}\n")
    before = ask("ls-tree", branch)
    tree = ask("mktree", text=f"{before}\n100644 blob {blob}\tzz-changed-{number}.txt\n")
    commit = ask("commit-tree", tree, "-p", branch, "-m", "Change one file")
    ask("update-ref", branch, commit)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=40)
    parser.add_argument("--largest", type=int, default=60, help="MB of one repository")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--executor", default="processes")
    parser.add_argument("--scheduler", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="auditor-bench-") as name:
        scratch = Path(name)
        served = scratch / "served"
        chosen = repositories(arguments.folder, arguments.most, arguments.largest)
        names = []
        for path in chosen:
            names.append(path.parent.name if path.name == "repo" else path.name)
            shutil.copytree(path, served / names[-1], symlinks=True)
        print(
            f"{len(chosen)} repositories, {sum(size(served / n) for n in names) / MEGABYTE:.0f} MB; {arguments.workers} workers\n"
        )
        print("| run | outcome | time | processor | calls | POST | coordinator, first quarter | last quarter | all processes |")
        print("|---|---|---|---|---|---|---|---|---|")
        with serve(served) as host:
            listing = scratch / "list.txt"

            def once(label: str, listed: list[str]) -> None:
                listing.write_text("".join(f"{host.url}/{item}\n" for item in listed))
                print(run(label, listing, scratch, host, arguments).line(), flush=True)

            once("first", names)
            once("nothing moved", names)
            for number, item in enumerate(names[:: max(1, len(names) // 5)]):
                change(served / item, number)
            once("every fifth of the list has one new commit", names)
            forks = [f"fork-of-{item}" for item in names[-5:]]
            for fork, item in zip(forks, names[-5:], strict=True):
                shutil.copytree(served / item, served / fork, symlinks=True)
            once("five forks of the largest are added", [*names, *forks])
            once("with the site", [*names, *forks])
        print(f"\nmirrors {size(scratch / 'cache' / 'auditor' / 'clones') / MEGABYTE:.0f} MB, ", end="")
        print(f"database {(scratch / 'organisation.db').stat().st_size / MEGABYTE:.1f} MB, ", end="")
        print(f"site {size(scratch / 'site') / MEGABYTE:.1f} MB")


if __name__ == "__main__":
    main()
