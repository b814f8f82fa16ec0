"""Repositories of our own making: each sort has something that an organisation has and that public ones seldom show."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.reach_corpus import make_token
from tests.gitrepo import GitRepo
from tests.sources.containers.builders import zipped

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS: Final = ("rate", "claim", "person", "payment", "address", "period", "award", "notice", "appeal", "office")
_LICENCE: Final = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Made:
    """One repository: its name, its sort, and the name of what it was forked from."""

    name: str
    sort: str
    parent: str = ""


def module(seed: str, lines: int = 60) -> str:
    """Return source code that nobody needs, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  nothing depends on its secrecy
    made = [f'"""Works out the {seed}."""', ""]
    for number in range(lines):
        one, two = chance.choice(_WORDS), chance.choice(_WORDS)
        made.append(f"def {one}_{two}_{number}(value: int) -> int:\n    return value * {chance.randrange(1000)} // 7\n")
    return "\n".join(made)


def _service(repo: GitRepo, name: str) -> None:
    repo.commit({"README.md": f"# {name}\n\nWorks out the {name}.\n", "LICENSE": _LICENCE, "src/main.py": module(name)}, "Begin")
    for number in range(4):
        repo.commit(
            {f"src/part_{number}.py": module(f"{name} {number}"), "CODEOWNERS": "* @example-department/web\n"}, "Add a part"
        )


def _leaky(repo: GitRepo, name: str) -> None:
    _service(repo, name)
    repo.commit({"deploy.env": f"GITHUB_TOKEN={make_token(f'organisation {name}')}\n"}, "Add the deployment")
    repo.commit({"deploy.env": None}, "Take it away")


def _shared(repo: GitRepo, name: str) -> None:
    """Hold a token that all of this sort hold."""
    _service(repo, name)
    repo.commit({"run.sh": f"export GITHUB_TOKEN={make_token('organisation, shared')}\n# {name}\n"}, "Add a script")


def _proposed(repo: GitRepo, name: str) -> None:
    """Hold a token in a pull request that was closed, and many others without."""
    _service(repo, name)
    token = make_token(f"organisation {name}").encode()
    repo.ref("refs/pull/1/head", repo.dangling_commit({"try.env": b"GITHUB_TOKEN=" + token}, "Try it"))
    for number in range(2, 12):
        repo.ref(f"refs/pull/{number}/head", repo.head())


def _archived(repo: GitRepo, name: str) -> None:
    _service(repo, name)
    repo.tag("v1", message="The last")


def _unlicensed(repo: GitRepo, name: str) -> None:
    repo.commit({"index.js": f"// {name}\n" * 50}, "Begin")


def _empty(_repo: GitRepo, _name: str) -> None:
    """Leave it without a commit."""


def _branched(repo: GitRepo, name: str) -> None:
    _service(repo, name)
    for topic in ("one", "two"):
        repo.branch(topic, "HEAD~2")
        repo.checkout(topic)
        repo.commit({f"{topic}.py": module(topic)}, f"On {topic}")
        repo.checkout("main")
        repo.merge(topic)
    repo.tag("v1")
    repo.note(repo.head(), "Looked at.")


def _packed(repo: GitRepo, name: str) -> None:
    """Hold a token in an archive, and a large file that compresses badly."""
    _service(repo, name)
    inside = zipped({"settings.env": f"GITHUB_TOKEN={make_token(f'organisation {name}')}\n".encode()})
    repo.commit({"backup.zip": inside, "data.bin": random.Random(name).randbytes(2_000_000)}, "Keep a backup")  # noqa: S311  filling


def _odd(repo: GitRepo, name: str) -> None:
    """Hold names that are hard to print."""
    repo.commit({"a\nb.txt": f"{name}\n", "-rf": "x\n", 'quo"te.md': "# Title\n", "<script>.html": "<p>text</p>\n"}, "Odd names")


SORTS: Final[dict[str, Callable[[GitRepo, str], None]]] = {
    "service": _service,
    "fork": _service,
    "leaky": _leaky,
    "shared": _shared,
    "proposed": _proposed,
    "wiki": _service,
    "archived": _archived,
    "unlicensed": _unlicensed,
    "empty": _empty,
    "branched": _branched,
    "packed": _packed,
    "odd": _odd,
}


def generate(folder: Path, scratch: Path, count: int) -> list[Made]:
    """Make so many repositories in a folder, bare, and return what they are; every sort is among the first dozen."""
    made: list[Made] = []
    for number, sort in enumerate(islice(cycle(SORTS), count)):
        one = Made(f"{sort}-{number:03}", sort, made[-1].name if sort == "fork" else "")
        bare = folder / f"{one.name}.git"
        work = scratch / one.name
        if one.parent:
            repo = GitRepo(folder / f"{one.parent}.git").clone(work)
            repo.commit({"fork.py": module(one.name)}, "Go another way")
        else:
            sha256 = sort == "odd" and number % 24 >= len(SORTS)
            repo = GitRepo.create(work, object_format="sha256" if sha256 else "sha1")
            SORTS[sort](repo, one.name)
        repo.mirror(bare)
        if sort == "wiki":
            pages = GitRepo.create(scratch / f"{one.name}.wiki")
            pages.commit({"Home.md": f"Use {make_token(f'organisation {one.name}')} to try it.\n"}, "Write the first page")
            pages.mirror(folder / f"{one.name}.wiki.git")
            shutil.rmtree(pages.path)
        shutil.rmtree(work)
        made.append(one)
    return made
