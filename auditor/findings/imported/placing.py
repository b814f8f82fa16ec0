"""Where an imported record stands: by the history of the repository, or, for a stored report, as bad as it can be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.model.finding import Location
from auditor.model.levels import Exposure

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from datetime import datetime

    from auditor.findings.imported.record import Imported
    from auditor.model.provenance import KnownPath


def in_repository(
    root: Path,
    paths: Mapping[str, KnownPath],
    read: Callable[[str], bytes | None],
    authored: Mapping[str, datetime],
) -> Callable[[Imported], Location | None]:
    """Place records in a repository.

    Args:
        root: of the working tree, for tools that write whole paths, or those from the folder in which they were started.
        paths: every path of the history and of the working tree.
        read: gives a file of the tip.
        authored: the date of every commit by its id.
    """

    def locate(one: Imported) -> Location | None:
        path = _inside(one.path, root, paths)
        known = paths.get(path)
        if known is None:
            return None
        commit = one.commit if one.commit in authored else None
        return Location(
            path=one.secret.blanked(path) if one.secret else path,
            line=one.line,
            column=one.column,
            commit=commit or known.commit,
            authored=authored.get(commit) if commit else known.authored,
            exposure=_exposure(one, path, known),
        )

    def _exposure(one: Imported, path: str, known: KnownPath) -> Exposure:
        """In the tip unless the file of the tip is known not to hold the value any more."""
        if known.exposure is not Exposure.HEAD or one.secret is None:
            return known.exposure
        content = read(path)
        gone = one.commit is not None and content is not None and not one.secret.stands_in(content)
        return Exposure.BRANCH_OR_TAG if gone else Exposure.HEAD

    return locate


def by_report(root: str, known: frozenset[str] = frozenset()) -> Callable[[Imported], Location]:
    """Place records beside a stored report, where nobody can look any more: what is not known counts as in the current files.

    Args:
        root: the path of what was audited.
        known: the paths that the report names.
    """

    def locate(one: Imported) -> Location:
        path = _inside(one.path, Path(root), known) if root else one.path
        return Location(
            path=one.secret.blanked(path) if one.secret else path,
            line=one.line,
            column=one.column,
            commit=one.commit,
            exposure=Exposure.HEAD,
        )

    return locate


def _inside(path: str, root: Path, known: Container[str]) -> str:
    """Return a path from the root of the repository.

    A tool that was started above the repository, or beside it, writes the way to it before the path: `work/service/a.py`. That is
    taken off where it ends with the folder of the repository and what follows is a path of it.
    """
    for base in dict.fromkeys((str(root), str(root.resolve()))):
        if path.startswith(f"{base.rstrip('/')}/"):
            return path[len(base.rstrip("/")) + 1 :]
    parts = path.split("/")
    inner = ("/".join(parts[place:]) for place in range(1, len(parts)) if parts[place - 1] in _names(root))
    return path if path in known else next((rest for rest in inner if rest in known), path)


def _names(root: Path) -> set[str]:
    """Return what the folder of a repository is called; one of `.git` or of nothing has no name."""
    names = {root.name, root.resolve().name}
    return {name.removesuffix(".git") for name in names} | names
