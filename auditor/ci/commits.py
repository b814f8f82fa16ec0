"""What git knows of a plan: does the range exist in this clone, where does it begin, and which settings count for it.

git runs in a folder of our own, as everywhere (sources/git.py): nothing of the scanned repository's configuration is obeyed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

from auditor.ci.events import Scope
from auditor.errors import SourceError
from auditor.sources.git import GitDirectory
from auditor.sources.layout import find, find_upwards, read_regular
from auditor.sources.refs import read_refs

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from auditor.ci.events import Plan

_LARGEST: Final = 1_000_000
_MOST_BRANCHES: Final = 200
_NAME: Final = re.compile(r"[0-9a-f]{7,64}\Z")
_REPLACED: Final = re.compile(rb"(?:\A|\0):(?!000000|160000)\d{6} \d{6} ([0-9a-f]{40,64}) [0-9a-f]{40,64} [A-Z]\0")
_FILES: Final = ("100644", "100755")

FETCH_SNIPPET: Final = """\
Give the checkout its whole history. On GitHub:

    - uses: actions/checkout@<commit>
      with:
        fetch-depth: 0

On GitLab set the variable GIT_DEPTH to 0; on Azure Pipelines write `- checkout: self` with `fetchDepth: "0"`."""


class Gap(StrEnum):
    """What a clone can lack."""

    HEAD = "the last commit of the range"
    BASE = "the base commit"
    SETTINGS = "the base commit, whose settings count"
    BEFORE = "the commit that was there before"
    BRANCH = "the branch that this one began from"
    FORK = "the commit where the two branches parted"
    MIDDLE = "older commits of the range"


@dataclass(frozen=True, slots=True)
class Range:
    """The commits to look at: those that `head` reaches and `base` does not. `fork` is where the two parted."""

    base: str
    head: str
    fork: str
    count: int

    def __str__(self) -> str:
        """As git and `Changes` write it."""
        return f"{self.base}..{self.head}"


class Commits:
    """Questions about the commits of one clone; a context manager."""

    def __init__(self, path: Path) -> None:
        """Open the repository at, or above, a path.

        Raises:
            SourceError: there is none.
            GitError: git is missing or too old.
        """
        layout = find(path) or find_upwards(path.resolve() / "x")
        if layout is None:
            msg = f"{path} is not in a git repository, so there are no changes to look at."
            raise SourceError(msg, hint="Check the repository out first, with fetch-depth: 0.")
        self._refs = read_refs(layout)
        self._directory = GitDirectory(layout, self._refs)
        self._git = self._directory.git
        self._index = layout.git_dir / "index"
        self._others = b"refs/heads/" if layout.worktree is None else b"refs/remotes/"
        shallow = read_regular(layout.common / "shallow", _LARGEST * 64) or b""
        self._shallow = frozenset(shallow.decode("ascii", "replace").split())

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Remove the temporary folder."""
        self._directory.close()

    @property
    def tip(self) -> str:
        """The commit at HEAD, empty where there is none."""
        return (self._refs.head or b"").decode("ascii", "replace")

    def has(self, oid: str) -> bool:
        """Tell whether this clone holds a commit."""
        return bool(oid) and self._answer("cat-file", "-t", oid) == "commit"

    def branch(self, name: str) -> str:
        """Return the commit of a branch, as the remote has it before as it is here; empty where it is unknown."""
        names = (f"refs/remotes/origin/{name}", f"refs/heads/{name}") if name else ()
        known = (self._refs.names.get(ref.encode("utf-8", "surrogateescape")) for ref in names)
        return next((oid.decode("ascii") for oid in known if oid and self.has(oid.decode("ascii"))), "")

    def commit_of(self, oid: str) -> str:
        """Return the commit behind an annotated tag or a commit; empty where there is none."""
        return self._answer("rev-parse", "--verify", "--quiet", f"{oid}^{{commit}}") if oid else ""

    def merge_base(self, one: str, other: str) -> str:
        """Return where two commits parted; empty where they share nothing that this clone holds."""
        return self._answer("merge-base", one, other)

    def between(self, base: str, head: str) -> list[str]:
        """Return every commit that `head` reaches and `base` does not, merges and second parents included."""
        return self._answer("rev-list", head, f"^{base}").split()

    def reached(self, commit: str) -> frozenset[str] | None:
        """Return a commit and everything it reaches; None where it is unknown. The name comes from a file of the change."""
        known = self.commit_of(commit) if _NAME.match(commit) else ""
        return frozenset(self._answer("rev-list", known).split()) if known else None

    def nearest(self, head: str) -> str:
        """Return the commit where `head` left what another place has: the latest such, empty where nothing is shared."""
        theirs = sorted({oid.decode("ascii") for name, oid in self._refs.names.items() if name.startswith(self._others)} - {head})
        theirs = [oid for oid in theirs[:_MOST_BRANCHES] if self.has(oid)]
        shared = [base for oid in theirs if (base := self.merge_base(oid, head))]
        return min(shared, key=lambda base: len(self.between(base, head)), default="")

    def staged_over(self) -> frozenset[str]:
        """Return the versions at HEAD of every file that is staged; empty before the first commit."""
        if not self.tip or not self._index.is_file():
            return frozenset()
        raw = self._git.run("diff-index", "--cached", "-z", "--no-renames", self.tip, index=self._index, check=False)
        return frozenset(oid.decode("ascii") for oid in _REPLACED.findall(raw))

    def cut(self, commits: list[str]) -> bool:
        """Tell whether a shallow clone cut off parents of any of these."""
        return not self._shallow.isdisjoint(commits)

    @property
    def shallow(self) -> bool:
        """True when this clone lacks the older part of its history."""
        return bool(self._shallow)

    def read(self, commit: str, path: str) -> bytes | None:
        """Return a regular file as a commit holds it; None where it holds none."""
        listed = self._git.run("ls-tree", "-z", commit, "--", path, check=False)
        mode, _, rest = listed.decode("utf-8", "surrogateescape").partition(" ")
        if mode not in _FILES or "\0" not in rest:
            return None
        oid = rest.split("\t", 1)[0].split(" ")[1]
        content = self._git.run("cat-file", "blob", oid, check=False)
        return content[:_LARGEST] if content or self._answer("cat-file", "-s", oid) == "0" else None

    def replaced(self, base: str, head: str) -> frozenset[str]:
        """Return the versions that `base` holds of every file that differs at `head`."""
        raw = self._git.run("diff-tree", "-r", "-z", "--no-renames", base, head, check=False)
        return frozenset(oid.decode("ascii") for oid in _REPLACED.findall(raw))

    def changed(self, base: str, head: str) -> tuple[str, ...]:
        """Return every path that differs between two commits."""
        raw = self._git.run("diff-tree", "-r", "-z", "--no-renames", "--name-only", base, head, check=False)
        return tuple(raw.decode("utf-8", "backslashreplace").split("\0")[:-1])

    def _answer(self, *arguments: str) -> str:
        return self._git.run(*arguments, check=False).decode("ascii", "replace").strip()


def resolve(plan: Plan, commits: Commits) -> Range | None:
    """Find the commits that a plan means; None where everything is to be looked at.

    Raises:
        SourceError: this clone lacks a bound of the range or a part of it.
    """
    branch = commits.branch(plan.branch)
    if plan.scope is not Scope.CHANGES:
        return None
    head = commits.commit_of(plan.head or commits.tip)
    if not head:
        raise _missing(Gap.HEAD, plan.head)
    base = plan.base if commits.has(plan.base) else ""
    if plan.judges_addition and plan.base and not base:
        raise _missing(Gap.BASE, plan.base)
    if not base and plan.on_default and plan.base and commits.shallow:
        raise _missing(Gap.BEFORE, plan.base)
    if not base and plan.on_default:
        return None  # the first push, or a rewritten one: nothing older says what was looked at before
    base = base or branch
    if not base:
        raise _missing(Gap.BRANCH, plan.branch)
    fork = commits.merge_base(base, head)
    if not fork:
        if commits.shallow:
            raise _missing(Gap.FORK)
        fork = base  # histories that share nothing: everything of the head is new
    between = commits.between(base, head)
    if commits.cut(between):
        raise _missing(Gap.MIDDLE)
    return Range(base, head, fork, len(between))


def governing(plan: Plan, commits: Commits, found: Range | None) -> str:
    """Return the commit whose settings count, also where everything is looked at; empty where the target's own do.

    Raises:
        SourceError: the base's settings count and this clone does not hold the base.
    """
    if not plan.governed or plan.settled:
        return plan.settled
    if found is not None:
        return found.base
    base = plan.base if commits.has(plan.base) else commits.branch(plan.branch)
    if not base:
        raise _missing(Gap.SETTINGS, plan.base)
    return base


def _missing(what: Gap, name: str = "") -> SourceError:
    named = f" ({name[:40]})" if name else ""
    return SourceError(f"This clone does not hold {what}{named}, so the changes cannot be judged.", hint=FETCH_SNIPPET)
