"""What is staged, and the paths that stand for other repositories."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from auditor.errors import GitError

if TYPE_CHECKING:
    from auditor.sources.git import Git
    from auditor.sources.layout import Layout

SUBMODULE: Final = b"160000"
_SECONDS: Final = 120.0


@dataclass(slots=True)
class Index:
    """Path to id, and the paths that stand for other repositories."""

    files: dict[bytes, bytes] = field(default_factory=dict)
    links: set[bytes] = field(default_factory=set)
    damaged: bool = False


def read_index(git: Git, layout: Layout) -> Index:
    """List the index; of conflicting versions the first counts. A bare copy has none."""
    found = Index()
    path = layout.git_dir / "index"
    if layout.worktree is None or not path.is_file():
        return found
    try:
        output = git.run("ls-files", "-s", "-z", index=path, timeout=_SECONDS)
    except GitError:
        return Index(damaged=True)
    for line in output.split(b"\0"):
        facts, tab, name = line.partition(b"\t")
        words = facts.split(b" ")
        if not tab or len(words) != 3:  # noqa: PLR2004  mode, id, stage
            continue
        if words[0] == SUBMODULE:
            found.links.add(name)
        else:
            found.files.setdefault(name, words[1])
    return found
