"""A part of a repository: what is staged, the commits of a range, or the tip alone.

A range is everything that its head reaches and its base does not, merges and their second parents included; its content is
what those commits brought, read as whole files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.errors import SourceError
from auditor.sources.raw_diff import Pass

if TYPE_CHECKING:
    from auditor.sources.git import Git
    from auditor.sources.tip import Tip

_DEEPEN: Final = "Fetch the whole history (git fetch --unshallow, or fetch-depth: 0 in the workflow) and try again."


@dataclass(frozen=True, slots=True)
class Selection:
    """The objects to read, the commit that counts as the tip, and whether files of the working tree are read too.

    `beside` are objects that have to be here too, for the history to be told: the trees and parents of the commits.
    """

    oids: frozenset[bytes]
    tip: bytes | None
    files: bool = False
    staged: bool = False
    beside: frozenset[bytes] = frozenset()


class _Everything(frozenset[bytes]):
    """Holds whatever it is asked for."""

    def __contains__(self, item: object) -> bool:
        return True


def tip_only(tip: Tip) -> Selection:
    """Choose the current tree and the working tree, without history."""
    found = {oid for _, oid in tip.entries.values()}
    return Selection(frozenset(found | ({tip.commit} if tip.commit else set())), tip.commit, files=True)


def staged(tip: Tip, index: dict[bytes, bytes]) -> Selection:
    """Choose what the index holds and the current commit does not."""
    return Selection(frozenset(differing(tip, index).values()), tip.commit, staged=True)


def differing(tip: Tip, index: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Return the entries of the index that the current commit does not have at that path."""
    nothing = (b"", b"")
    return {path: oid for path, oid in index.items() if tip.entries.get(path, nothing)[1] != oid}


def commits_between(git: Git, commits: str, shallow: frozenset[bytes]) -> Selection:
    """Choose the commits of `BASE..HEAD` and what they brought.

    Raises:
        SourceError: a bound is missing, or the clone is too shallow to know what lies between them.
    """
    first, dots, second = commits.partition("..")
    if not dots or not first or first.startswith("-") or second.startswith((".", "-")):
        msg = f"{commits!r} is not a range of commits."
        raise SourceError(msg, hint="Write BASE..HEAD.")
    base, head = _commit(git, first, shallow), _commit(git, second or "HEAD", shallow)
    if shallow and not git.run("merge-base", base, head, check=False).strip():
        msg = f"This shallow clone does not hold the commit from which {first} and {second or 'HEAD'} parted."
        raise SourceError(msg, hint=_DEEPEN)
    lines = git.run("rev-list", "--no-commit-header", "--format=%H %T %P", head, f"^{base}").splitlines()
    between = [line.split(b" ", 1)[0] for line in lines]
    beside = frozenset(oid for line in lines for oid in line.split()[1:])
    cut = shallow.intersection(between)
    if cut:
        msg = f"This shallow clone holds only part of the commits of {commits}."
        raise SourceError(msg, hint=_DEEPEN)
    changes = Pass(git, between, [0] * len(between), _Everything(), set(), set()).run(1)
    if changes.too_many:
        msg = f"The commits of {commits} hold more paths than can be listed."
        raise SourceError(msg, hint="Choose a smaller range.")
    return Selection(frozenset({*between, *changes.brought}), head.encode(), beside=beside)


def _commit(git: Git, name: str, shallow: frozenset[bytes]) -> str:
    found = git.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", check=False).decode().strip()
    if not found:
        where = "this shallow clone" if shallow else "this repository"
        msg = f"The commit {name!r} is not in {where}."
        raise SourceError(msg, hint=_DEEPEN if shallow else "Check the name, or fetch it first.")
    return found
