"""Runs `auditor org` over a whole organisation on this machine, and checks and measures everything that is promised of it.

    python -m benchmarks.organisation FOLDER [--made 80] [--most 40] [--workers 2] [--only PART...]

FOLDER holds bare mirrors of public repositories (`FOLDER/OWNER+NAME/repo` or `FOLDER/*.git`); copies of them are served, so that
they can be changed, beside others that are made. The forge is a GitHub on this machine, whose every answer is held against the
published description of GitHub's API, with git over http beside it; nothing is asked of the network. Exit code 1 where something
does not hold.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.organisation.judged import PARTS, Scenario  # noqa: E402  found only after the path is set
from benchmarks.organisation.running import MEGABYTE  # noqa: E402  as above
from benchmarks.organisation.world import mirrors_of, world  # noqa: E402  as above
from tests import postgres  # noqa: E402  as above
from tests.forge import Forge  # noqa: E402  as above


def main() -> int:
    """Play the scenario, print the table, and return 1 where something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--made", type=int, default=80, help="repositories that are made")
    parser.add_argument("--most", type=int, default=40, help="mirrors that are taken")
    parser.add_argument("--largest", type=int, default=65, help="MB of one mirror")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=PARTS, help="parts of the scenario, in the order that is written")
    arguments = parser.parse_args()
    mirrors = list(mirrors_of(arguments.folder, arguments.most, arguments.largest * MEGABYTE))
    with tempfile.TemporaryDirectory(prefix="auditor-bench-") as name, postgres.running() as url:
        scratch = Path(name)
        with Forge(scratch / "served") as forge:
            made = world(forge, scratch / "work", arguments.made, mirrors)
            print(
                f"{len(mirrors)} public repositories, {len(made.made)} made, {_size(scratch / 'served') / MEGABYTE:.0f} MB;",
                end=" ",
            )
            print(f"{arguments.workers} workers\n")
            scenario = Scenario(made, scratch, url, arguments.workers)
            for part in arguments.only or PARTS:
                PARTS[part](scenario)
            print("\n| run | outcome | time | processor | questions to the API (304) | requests of git | as promised |")
            print("|---|---|---|---|---|---|---|", *(row.line() for row in scenario.rows), sep="\n")
            _memory(scenario)
            sizes = {"mirrors": "cache/auditor/clones", "database": "organisation.db", "site": "site"}
            print(", ".join(f"{what} {_size(scratch / path) / MEGABYTE:.1f} MB" for what, path in sizes.items()))
    return int(any(row.wrong for row in scenario.rows))


def _memory(scenario: Scenario) -> None:
    print("\n| run | coordinator, quarters of the run | peak | all processes |\n|---|---|---|---|")
    for row in scenario.rows:
        quarters = " ".join(f"{part:.0f}" for part in row.run.quarters())
        print(f"| {row.name} | {quarters} MB | {row.run.peak / MEGABYTE:.0f} MB | {row.run.together / MEGABYTE:.0f} MB |")


def _size(place: Path) -> int:
    files = [place] if place.is_file() else place.rglob("*")
    return sum(path.stat().st_size for path in files if path.is_file())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except pytest.skip.Exception as missing:
        sys.exit(str(missing))  # the server of the tests lacks something, and says what
