"""How long later runs take: nothing changed, one object in a hundred is new, a look at what is staged, a range of commits.

    python -m benchmarks.again [--runs 3] [--commits 20] [--only unchanged,new,staged,range] MIRROR...

Each bare mirror is copied and scanned once, which fills a cache of its own. Then, each RUNS times: it is scanned again; commits
with one per cent new objects are added and it is scanned again; in a clone a new line in one file is staged and looked at; the last
COMMITS commits of the clone are looked at, the first time unmeasured. Printed are medians of wall clock and processor seconds of
all processes, for a machine that does nothing else. Exit code 1 when a run was not a whole one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Usage, measured
from benchmarks.pull_request import LAUNCH, base_of, git

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KINDS = ("unchanged", "new", "staged", "range")
_PER_COMMIT = 2
"""Files that a new commit changes."""


def objects_of(repository: Path) -> int:
    """Count the objects."""
    return len(git(repository, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)", "--unordered").split())


def grow(repository: Path, objects: int, turn: int) -> None:
    """Add commits to the branch at HEAD, each with a new line in a few text files of the tip, until so many objects are new."""
    branch, tip = git(repository, "symbolic-ref", "HEAD"), git(repository, "rev-parse", "HEAD")
    paths = [
        path
        for path in git(repository, "ls-tree", "-r", "--name-only", tip).splitlines()
        if path.endswith((".md", ".pp", ".tf", ".yml", ".yaml", ".js", ".scss", ".rb", ".json"))
    ]
    before, number, since = objects_of(repository), 0, int(git(repository, "show", "-s", "--format=%ct", tip))
    while objects_of(repository) - before < objects:
        stream: list[bytes] = []
        for _ in range(25):
            message = f"Change {turn} {number}".encode()
            stream.append(
                b"commit %s\ncommitter A <a@example.org> %d +0000\ndata %d\n%s\n"
                % (branch.encode(), since + number + 1, len(message), message)
            )
            if not number or len(stream) == 1:
                stream.append(b"from %s\n" % git(repository, "rev-parse", "HEAD").encode())
            for place in range(_PER_COMMIT):
                path = paths[(number * 37 + place * 101 + turn) % len(paths)]
                old = subprocess.run(
                    ["git", "-C", str(repository), "show", f"{tip}:{path}"], check=True, capture_output=True
                ).stdout
                data = old + b"# change %d of turn %d\n" % (number, turn)
                stream.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))
            number += 1
        subprocess.run(
            ["git", "-C", str(repository), "-c", "fastimport.unpackLimit=1", "fast-import", "--quiet"],
            input=b"".join(stream),
            check=True,
        )


def scan(repository: Path, cache: Path, *more: str) -> Usage:
    """Scan once and measure it.

    Raises:
        SystemExit: it was not judged.
    """
    command = [sys.executable, "-I", str(LAUNCH), "scan", str(repository), "--quiet", "--cache-dir", str(cache), *more]
    usage = measured(command, output=Path(os.devnull), folder=cache, env=os.environ | {"XDG_STATE_HOME": str(cache)})
    if usage.code not in {0, 1} or not any(cache.glob("results-*")):  # a Python that cannot start us ends with 1, too
        sys.exit(f"the scan of {repository} ended with {usage.code}")
    return usage


def stage(clone: Path, turn: int) -> None:
    """Stage a new line in a file."""
    path = next(path for path in git(clone, "ls-files").splitlines() if path.endswith(".md"))
    with (clone / path).open("a", encoding="utf-8") as file:
        file.write(f"A line more: {turn}.\n")
    git(clone, "add", "--", path)


def series(mirror: Path, folder: Path, runs: int, commits: int, kinds: Sequence[str]) -> dict[str, list[Usage]]:
    """Measure one mirror."""
    cache, copy, clone = folder / "cache", folder / "copy.git", folder / "clone"
    cache.mkdir()
    shutil.copytree(mirror, copy, symlinks=True)
    first = scan(copy, cache)
    git(copy, "clone", "-q", "--no-local", str(copy), str(clone))
    some = objects_of(copy) // 100

    def grown(turn: int) -> Usage:
        grow(copy, some, turn)
        return scan(copy, cache)

    def staged(turn: int) -> Usage:
        stage(clone, turn)
        return scan(clone, cache, "--staged")

    between = f"{base_of(clone, commits)}..HEAD"
    ways: dict[str, tuple[bool, Callable[[int], Usage]]] = {
        "unchanged": (False, lambda _: scan(copy, cache)),
        "new": (False, grown),
        "staged": (True, staged),
        "range": (True, lambda _: scan(clone, cache, "--range", between)),
    }
    found = {"first": [first]}
    for kind in kinds:
        warm, way = ways[kind]
        if warm:
            way(-1)
        found[kind] = [way(turn) for turn in range(runs)]
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mirrors", type=Path, nargs="+", metavar="MIRROR")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--commits", type=int, default=20)
    parser.add_argument("--only", default=",".join(KINDS))
    options = parser.parse_args()
    for mirror in options.mirrors:
        with tempfile.TemporaryDirectory() as name:
            found = series(mirror.resolve(), Path(name), options.runs, options.commits, options.only.split(","))
        print(mirror.parent.name if mirror.name == "repo" else mirror.name)
        for kind, runs in found.items():
            wall, cpu = statistics.median(run.wall for run in runs), statistics.median(run.cpu for run in runs)
            print(f"  {kind:10} {wall:6.2f} s wall {cpu:6.2f} s processor", flush=True)


if __name__ == "__main__":
    main()
