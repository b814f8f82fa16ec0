"""Plants that stand elsewhere than in the current files: refs, messages, names, objects that nothing leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.plants.kinds import PAST, SECRET, TOKEN_RULE, Plant, setting, token

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.gitrepo import GitRepo


def _deleted(repo: GitRepo) -> None:
    repo.commit({"deploy/old.env": setting("deleted file")}, "Add the deployment\n\nFor the first trial.")
    repo.commit({"deploy/old.env": None}, "Deploy from the pipeline\n\nThe file is not needed any more.")


def _merge(repo: GitRepo) -> None:
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"notes/topic.md": "A topic.\n"}, "Note a topic\n\nFor later.")
    repo.checkout("main")
    repo.merge("topic", files={"deploy/merge.env": setting("merge")}, message="Merge a topic\n\nWith a change of its own.")
    repo.commit({"deploy/merge.env": None}, "Take a file out\n\nIt came with the merge.")


def _pull_request(repo: GitRepo) -> None:
    oid = repo.dangling_commit({"pull.env": setting("pull request").encode()}, "Try something")
    repo.ref("refs/pull/7/head", oid)


def _branch(repo: GitRepo) -> None:
    oid = repo.dangling_commit({"branch.env": setting("branch").encode()}, "Work on a branch")
    repo.ref("refs/heads/wip", oid)


def _note(repo: GitRepo) -> None:
    repo.note(repo.head(), f"Reviewed with {setting('note')}")


def _custom_ref(repo: GitRepo) -> None:
    oid = repo.dangling_commit({"ref.env": setting("custom ref").encode()}, "Keep for the build")
    repo.ref("refs/builds/12", oid)


def _tag(repo: GitRepo) -> None:
    repo.tag("v0.9", message=f"First trial, with {setting('tag message')}")


def _message(repo: GitRepo) -> None:
    repo.commit(None, f"Rotate the key\n\nIt was {setting('commit message')}")


def _author(repo: GitRepo) -> None:
    repo.commit(None, "Tidy\n\nNothing to see.", author=f"{token('author')} <a@example.org>")


def _branch_name(repo: GitRepo) -> None:
    repo.ref(f"refs/heads/try/{token('branch name')}", repo.head())


def _tag_name(repo: GitRepo) -> None:
    repo.ref(f"refs/tags/try-{token('tag name')}", repo.head())


def _file_name(repo: GitRepo) -> None:
    repo.commit({f"exports/{token('file name')}.txt": "An export.\n"}, "Keep an export\n\nSomebody asked for it.")


_ACTS: Final[Mapping[str, Callable[[GitRepo], None]]] = {
    "deleted file": _deleted,
    "merge": _merge,
    "pull request": _pull_request,
    "branch": _branch,
    "note": _note,
    "custom ref": _custom_ref,
    "tag message": _tag,
    "commit message": _message,
    "author": _author,
    "branch name": _branch_name,
    "tag name": _tag_name,
}
PLACES: Final = (
    *(Plant(f"a key: {name}", TOKEN_RULE, PAST, holds=token(name), act=act) for name, act in _ACTS.items()),
    Plant("a key: file name", TOKEN_RULE, SECRET, holds=token("file name"), act=_file_name),
)
