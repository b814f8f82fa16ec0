"""Where an imported record stands: by the history of the repository, or, for a stored report, as bad as it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.finding import Location
from auditor.model.levels import Exposure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

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
        root: of the working tree, for tools that write whole paths.
        paths: every path of the history and of the working tree.
        read: gives a file of the tip.
        authored: the date of every commit by its id.
    """

    def locate(one: Imported) -> Location | None:
        path = _inside(one.path, root)
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


def by_report(root: str) -> Callable[[Imported], Location]:
    """Place records beside a stored report, where nobody can look any more: what is not known counts as in the current files."""

    def locate(one: Imported) -> Location:
        path = one.path.removeprefix(root.rstrip("/") + "/") if root else one.path
        return Location(
            path=one.secret.blanked(path) if one.secret else path,
            line=one.line,
            column=one.column,
            commit=one.commit,
            exposure=Exposure.HEAD,
        )

    return locate


def _inside(path: str, root: Path) -> str:
    for base in dict.fromkeys((str(root), str(root.resolve()))):
        if path.startswith(f"{base.rstrip('/')}/"):
            return path[len(base.rstrip("/")) + 1 :]
    return path
