"""What an openness check may ask about a repository; implemented in sources/, handed over by audit.py.

The facts are named tuples: there is one for each of tens of thousands of commits, and a frozen dataclass takes thrice as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime


class TreeEntry(NamedTuple):
    """A file of the tip: `mode` as git writes it (`100644`, `100755`, `120000` link, `160000` submodule), size in bytes."""

    path: str
    mode: str
    oid: str
    size: int


class CommitInfo(NamedTuple):
    """Facts of one commit, reachable or not."""

    oid: str
    parents: tuple[str, ...]
    author_name: str
    author_email: str
    committer_name: str
    committer_email: str
    authored: datetime
    subject: str
    signed: bool = False


class Ref(NamedTuple):
    """A ref and the commit it leads to (None where it leads to none)."""

    name: str
    oid: str
    commit: str | None = None


class HistoricPath(NamedTuple):
    """A path that some commit held, and the first commit (by author date) that brought it."""

    path: str
    commit: str
    authored: datetime
    oid: str


class Blame(NamedTuple):
    """Who last wrote a line, and whether that commit carries a signature (not verified)."""

    commit: str
    author: str
    authored: datetime
    signed: bool


class RepositoryView(Protocol):
    """Read-only facts about the target; for a plain folder the tip is the folder and history is empty."""

    @property
    def kind(self) -> str:
        """`repository`, `folder` or `file`."""
        ...

    @property
    def tip(self) -> str | None:
        """The commit at HEAD, None where there is none."""
        ...

    @property
    def default_branch(self) -> str | None:
        """The branch that HEAD names."""
        ...

    @property
    def tree(self) -> Mapping[str, TreeEntry]:
        """Every file of the tip's tree by path."""
        ...

    @property
    def commits(self) -> Sequence[CommitInfo]:
        """Every commit of the object database, newest author date first."""
        ...

    @property
    def refs(self) -> Sequence[Ref]:
        """Every ref."""
        ...

    @property
    def remotes(self) -> Mapping[str, str]:
        """Remote names and addresses, credentials taken out."""
        ...

    @property
    def historic_paths(self) -> Mapping[str, HistoricPath]:
        """Every path that any commit ever held."""
        ...

    def read(self, path: str, *, limit: int = 1_000_000) -> bytes | None:
        """Return the first `limit` bytes of a file of the tip, None where there is no such file or it cannot be read."""
        ...

    def read_many(self, paths: Iterable[str], *, limit: int = 1_000_000) -> Iterable[tuple[str, bytes]]:
        """Yield path and content of those files of the tip that can be read, in one pass over git."""
        ...

    def blame(self, path: str, line: int) -> Blame | None:
        """Say who last wrote a line (1-based) of a file of the tip."""
        ...

    def changed_since(self, commit: str, globs: Sequence[str]) -> Sequence[str] | None:
        """Return paths matching the globs that differ between a commit and the tip; None where the commit is unknown."""
        ...
