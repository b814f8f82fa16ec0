r"""The way in: from a path to something that can be scanned.

    with open_target(Path("."), settings) as source:
        shares = source.shares(workers)            # pickled to the workers, which iterate over share.items()
        ...                                        # each worker hands back share.facts() after its items
        history = source.trace(facts, wanted)      # wanted: the oids of Blobs with matches
        names = source.names()                     # scanned in the same way, after trace
        view = source.view()                       # for the openness checks
        coverage = source.coverage()               # counts, notes, and what the source itself could not read

Paths are text: bytes that are not UTF-8 appear as `\\xNN`. Control characters stay in; whoever prints a path escapes it.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Protocol, Self

from auditor.errors import SourceError
from auditor.sources.layout import find, find_upwards
from auditor.sources.repository import Part, tracks
from auditor.sources.source import OpenTarget

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from auditor.config import Settings
    from auditor.model.blob import Share
    from auditor.model.coverage import Coverage
    from auditor.model.memory import Kept, Memory
    from auditor.model.provenance import History
    from auditor.model.view import RepositoryView
    from auditor.sources.layout import Layout
    from auditor.sources.text_objects import NameShare


class Source(Protocol):
    """Something that can be audited. A context manager: leaving it removes the temporary files, never anything of the target."""

    @property
    def kind(self) -> str:
        """`repository`, `folder` or `file`."""
        ...

    @property
    def root(self) -> Path:
        """The folder or file that is audited: the working tree's root, or the git folder of a bare copy."""
        ...

    @property
    def bare(self) -> bool:
        """True for a bare or mirror copy: everything in it would be published, unreachable objects included."""
        ...

    def shares(self, workers: int, memory: Memory = ...) -> Sequence[Share]:
        """Return all content as pieces of work, in an order and size that suit so many workers.

        Objects that the memory calls settled are left out; their matches count through `Memory.recall`.

        Every object once (blobs, commits, tags), files of the working tree whose content is no object, and the repository's own
        configuration. There may be more or fewer shares than workers. Shares live as long as this source is open.
        """
        ...

    @property
    def weight(self) -> int:
        """About how many bytes the shares will read. After `shares`."""
        ...

    def read_whole(self, facts: Sequence[object]) -> Iterable[bytes]:
        """Yield the ids of objects that the shares read to the end, and whose content alone decided what was found."""
        ...

    def prepare(self) -> None:
        """Do what can be done for `trace` while others read the content."""
        ...

    def trace(self, facts: Sequence[object], wanted: Collection[str], kept: Collection[str] = ()) -> History:
        """Find out where content stands, after the scan.

        Args:
            facts: what the `facts()` of all shares returned, in any order.
            wanted: the oids of content with matches. Commit and tag oids, and keys such as `file:<path>`, may be among them.
            kept: those of them that may be left out where they stand as they stood when `keep_history` was last called.
        """
        ...

    def names(self) -> NameShare:
        """Return paths and ref names as content: one Blob each, with the keys `path:<path>` and `ref:<name>`. After `trace`."""
        ...

    def pick(self, oids: Collection[str]) -> Share:
        """Return a share that reads these again (oids or keys), containers included."""
        ...

    def view(self) -> RepositoryView:
        """Return the facts for the openness checks. After `trace`, whose knowledge it uses; usable while the source is open."""
        ...

    def whole_state(self) -> bytes:
        """Return one value for everything that a scan would read, made without reading objects; empty where none is known.

        While it stays, `shares` and `trace` would give the same again and need not be asked; the view answers without them.
        """
        ...

    def keep_history(self) -> Kept | None:
        """Keep what `trace` found in the memory that `shares` was given. Paths are kept as they are: none may hold a value.

        Returns:
            By which mark the memory will be asked whether it recalls what was found; None where nothing was kept.
        """
        ...

    def state(self) -> Mapping[str, bytes]:
        """Return a digest for each part of the facts that the view shows: kind, tip, commits, refs and remotes. After `trace`.

        Empty where no digest says enough. The digests hold only while nothing is missing.
        """
        ...

    def coverage(self) -> Coverage:
        """Return counts (refs, commits, blobs, bytes, files), notes, and what the source could not read on opening.

        What shares yield as `Skipped` and what `History.skipped` holds is not in it: the caller adds both, after
        `History.locate`. The counts are final after `trace`.
        """
        ...

    def __enter__(self) -> Self:
        """Open it."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Remove the temporary files."""
        ...


def open_target(path: Path, settings: Settings, *, staged: bool = False, commits: str = "") -> Source:
    """Open a clone, a bare or mirror copy, a linked worktree, a submodule, a plain folder, or a single file.

    A folder inside a working tree stands for the repository that tracks it; a note in the coverage says so.

    Args:
        path: the target.
        settings: what is read, and its bounds.
        staged: look only at what the index holds and the current commit does not.
        commits: look only at what the commits of this range (`BASE..HEAD`) brought; HEAD then counts as the tip.

    Raises:
        SourceError: there is no such path, it is empty, it is no kind of thing that can be audited, or a bound of the range
            is not here.
        GitError: git is missing or too old.
    """
    root, layout, note = _locate(path)
    if layout is None and (staged or commits):
        msg = f"{path} is not a git repository, so it has no {'staged content' if staged else 'commits'}."
        raise SourceError(msg, hint="Name a repository, or leave the option out.")
    target = OpenTarget(root, layout, settings, part=Part(staged, commits, settings.history))
    if note:
        target.notes.append(note)
    if target.empty and not (staged or commits):
        target.close()
        what = "has no commits and no files yet" if layout is not None else "is empty"
        msg = f"{path} {what}, so there is nothing to audit."
        raise SourceError(msg, hint="Name the folder that holds the code.")
    return target


def _locate(path: Path) -> tuple[Path, Layout | None, str]:
    """Return the root of what a path means, its repository, and what to tell about it."""
    try:
        resolved = path.resolve(strict=True)
        mode = resolved.stat().st_mode
    except (OSError, RuntimeError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "it is a loop of links").lower()
        msg = f"{path} cannot be read: {reason}."
        raise SourceError(msg, hint="Check the path and its permissions.") from None
    if stat.S_ISREG(mode):
        return resolved, None, ""
    if not stat.S_ISDIR(mode):
        msg = f"{path} is neither a folder nor a file."
        raise SourceError(msg, hint="Name a repository, a folder or a file.")
    layout = find(resolved)
    if layout is not None:
        return (layout.worktree or layout.git_dir), layout, ""
    above = find_upwards(resolved)
    if above is not None and above.worktree is not None and tracks(above, resolved):
        return above.worktree, above, f"{path} lies in the repository {above.worktree}, which was audited as a whole."
    return resolved, None, ""
