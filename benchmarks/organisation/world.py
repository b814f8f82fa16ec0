"""The organisation: a GitHub on this machine, whose repositories are public ones that are copied and others that are made."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from benchmarks.organisation.generated import Made, generate
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.forge import Forge

OWNER: Final = "example-department"
_TEAMS: Final = ("payments", "identity", "data")
_BEGAN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_HIDDEN: Final = {"shared", "leaky", "packed", "proposed"}
"""Sorts that an organisation keeps closed."""


@dataclass
class World:
    """A forge and what it has. `made` are the repositories of our own making, `real` the names of the others."""

    forge: Forge
    made: list[Made]
    real: list[str]
    pushes: int = 0

    @property
    def folder(self) -> Path:
        """Where the repositories of the organisation lie."""
        return self.forge.host.folder / OWNER

    def of(self, *sorts: str) -> list[str]:
        """Return the names of the repositories of some sorts."""
        return [one.name for one in self.made if one.sort in sorts]

    def list(self, made: Made) -> None:
        """Let the forge show a repository."""
        hidden = made.sort in _HIDDEN
        changes = {
            "private": hidden,
            "visibility": "private" if hidden else "public",
            "archived": made.sort == "archived",
            "fork": bool(made.parent),
            "has_wiki": made.sort == "wiki",
            "topics": [made.sort],
            "default_branch": _branch(self.folder / f"{made.name}.git"),
            "pushed_at": _stamp(self.pushes),
            "size": 0 if made.sort == "empty" else _size(self.folder / f"{made.name}.git") // 1024 + 1,
        }
        self.pushes += 1
        self.forge.repository(f"{OWNER}/{made.name}", **changes)

    def push(self, name: str) -> None:
        """Add a commit to the default branch."""
        git = GitRepo(self.folder / f"{name}.git")
        branch = git.git("symbolic-ref", "HEAD")
        blob = git.dangling_blob(f"change {self.pushes}\n".encode())
        tree = git.git("mktree", stdin=f"{git.git('ls-tree', branch)}\n100644 blob {blob}\tzz-changed.txt\n".encode())
        git.ref(branch, git.git("commit-tree", tree, "-p", branch, "-m", "Change one file"))
        self.forge.repositories[f"{OWNER}/{name}"][""]["pushed_at"] = _stamp(self.pushes)
        self.pushes += 1

    def propose(self, name: str, content: bytes) -> None:
        """Open a pull request: a ref moves, and the list of repositories does not show it."""
        git = GitRepo(self.folder / f"{name}.git")
        git.ref("refs/pull/900/head", git.dangling_commit({"proposed.txt": content}))

    def fork(self, name: str) -> str:
        """Add a fork of a repository, and return its name."""
        made = Made(f"fork-of-{name}", "fork", name)
        shutil.copytree(self.folder / f"{name}.git", self.folder / f"{made.name}.git")
        self.list(made)
        return made.name


def world(forge: Forge, scratch: Path, count: int, mirrors: list[Path]) -> World:
    """Fill a forge: mirrors, and so many repositories that are made."""
    folder = forge.host.folder / OWNER
    folder.mkdir(parents=True)
    forge.organisation(OWNER)
    real = []
    for path in mirrors:
        source = path.resolve()
        real.append(path.parent.name.replace("+", "-") if path.name == "repo" else path.name.removesuffix(".git"))
        shutil.copytree(source, folder / f"{real[-1]}.git", symlinks=True)
    made = World(forge, generate(folder, scratch, count), real)
    for one in (*(Made(name, "real") for name in real), *made.made):
        made.list(one)
    for number, team in enumerate(_TEAMS):
        forge.team(OWNER, team, {name for index, name in enumerate(sorted(forge.repositories)) if index % len(_TEAMS) == number})
    public = sum(not one[""]["private"] for one in forge.repositories.values())
    forge.answers[f"/orgs/{OWNER}"] |= {"public_repos": public, "total_private_repos": len(forge.repositories) - public}
    return made


def mirrors_of(folder: Path, most: int, largest: int) -> Iterator[Path]:
    """Yield the bare repositories of a folder that are whole and at most so many bytes large, in the order of their names."""
    found = (path for path in (*sorted(folder.glob("*/repo")), *sorted(folder.glob("*.git"))) if (path / "HEAD").is_file())
    return islice((path for path in found if _size(path.resolve()) <= largest and _whole(path)), most)


def _whole(repository: Path) -> bool:
    """Tell whether every object that a ref leads to is there: another cannot be cloned."""
    git = ["git", "-c", "safe.directory=*", "-C", str(repository), "rev-list", "--objects", "--all", "--quiet"]
    return subprocess.run(git, env=os.environ | {"GIT_NO_LAZY_FETCH": "1"}, capture_output=True, check=False).returncode == 0


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _branch(repository: Path) -> str:
    return (repository / "HEAD").read_text(encoding="utf-8").strip().removeprefix("ref: refs/heads/")


def _stamp(number: int) -> str:
    return (_BEGAN + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
