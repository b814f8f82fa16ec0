"""How long a pull request takes after installation: `auditor ci` on the last commits of a clone, several times.

    python benchmarks/pull_request.py CLONE [--commits 20] [--runs 5]

Prints wall clock and processor seconds of each run; the median is what to quote, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LAUNCH = Path(__file__).resolve().parents[1] / "auditor" / "cli" / "launch.py"


def git(clone: Path, *arguments: str) -> str:
    """Return what git says of a clone."""
    return subprocess.run(["git", "-C", str(clone), *arguments], check=True, capture_output=True, text=True).stdout.strip()


def base_of(clone: Path, commits: int) -> str:
    """Return the first parent of the tip behind at least so many commits."""
    for parent in git(clone, "rev-list", "--first-parent", "HEAD").split()[1:]:
        if int(git(clone, "rev-list", "--count", f"{parent}..HEAD")) >= commits:
            return parent
    sys.exit(f"{clone} has fewer than {commits} commits")


def once(clone: Path, event: Path) -> tuple[float, float]:
    """Run it and return wall clock and processor seconds."""
    environment = os.environ | {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(event)}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-I", str(LAUNCH), "ci", "--no-html"], cwd=clone, env=environment, capture_output=True, check=False
    )
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, 1}:
        sys.exit(done.stderr.decode())
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clone", type=Path)
    parser.add_argument("--commits", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    base, head = base_of(options.clone, options.commits), git(options.clone, "rev-parse", "HEAD")
    pull = {"number": 1, "base": {"sha": base, "ref": "main"}, "head": {"sha": head}}
    with tempfile.TemporaryDirectory() as folder:
        event = Path(folder) / "event.json"
        event.write_text(json.dumps({"pull_request": pull, "repository": {"private": True, "default_branch": "main"}}))
        times = [once(options.clone, event) for _ in range(options.runs)]
    for wall, processor in times:
        print(f"{wall:6.2f} s wall, {processor:6.2f} s processor")
    print(
        f"{statistics.median(w for w, _ in times):6.2f} s wall, {statistics.median(p for _, p in times):6.2f} s processor (median)"
    )


if __name__ == "__main__":
    main()
