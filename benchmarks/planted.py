"""Plant sixty kinds of leak in a copy of a real repository, and see what notices and what clears each of them.

    python -m benchmarks.planted MIRROR [--write FILE]

MIRROR is a bare mirror with complete history; the copy borrows its objects and leaves it as it is. The same plants stand in a
generated repository in `tests/planted`, where the network is not needed. Exit code 1 when a plant behaves otherwise.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.plants.council import ANSWERED, BOOK, answered, look
from benchmarks.plants.field import PLANTS, Field, grow
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Sequence


def borrowed(mirror: Path, to: Path) -> GitRepo:
    """Clone without a checkout, on branch main, and answer what the repository asks before anything is planted."""
    to.mkdir()
    repo = GitRepo(to)
    repo.git("clone", "-q", "--shared", "--no-checkout", str(mirror.resolve()), ".")
    repo.git("branch", "-q", "-M", "main")
    repo.git("read-tree", "HEAD")
    repo.commit({BOOK: answered(look(to))}, ANSWERED, author="A Lead <a.lead@example.org>")
    return repo


def table(field: Field) -> tuple[str, int]:
    """Write each plant, what noticed it and what clears it; count those that behave otherwise than they should."""
    lines = ["| planted | noticed by | cleared by | as it should |", "|---|---|---|---|"]
    strange = 0
    for plant in PLANTS:
        noticed, cleared = field.noticed(plant), field.cleared(plant)
        right = noticed == plant.notices and cleared == plant.clears
        strange += not right
        acts = "; ".join(act.value for act in sorted(cleared))
        lines.append(f"| {plant.name} | `{noticed}` | {acts} | {'yes' if right else '**no**'} |")
    return "\n".join(lines) + "\n", strange


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mirror", type=Path)
    parser.add_argument("--write", type=Path, help="the table, instead of stdout")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        field = grow(borrowed(given.mirror, Path(folder) / "clean"), Path(folder), *PLANTS)
    text, strange = table(field)
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    sys.exit(1 if strange else 0)


if __name__ == "__main__":
    main()
