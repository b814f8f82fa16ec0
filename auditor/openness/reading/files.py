"""Files of the tip by name: at the root or in the folders where forges look, whatever their case and extension."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.openness.reading.links import follow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.openness.registry import CheckContext

_COMMUNITY_FOLDERS = ("", ".github", "docs", ".gitlab", "doc")
_MOST = 300_000
_TEXT_ENDINGS = ("", ".md", ".markdown", ".txt", ".rst", ".adoc", ".asciidoc", ".org", ".html", ".rdoc", ".textile")


@dataclass(frozen=True, slots=True)
class Document:
    """A text file that was found; `inherited` when it comes from the organisation's defaults, not from this repository."""

    path: str
    text: str
    inherited: bool = False


def paths_in(context: CheckContext, folder: str) -> Iterator[str]:
    """Yield the files that stand directly in a folder of the tip (`""` is the root)."""
    yield from context.once("files-by-folder", lambda: _by_folder(context)).get(folder, ())


def _by_folder(context: CheckContext) -> dict[str, list[str]]:
    folders: dict[str, list[str]] = {}
    for path in context.view.tree:
        folders.setdefault(posixpath.dirname(path), []).append(path)
    return folders


def named(context: CheckContext, stems: Sequence[str], folders: Sequence[str] = _COMMUNITY_FOLDERS) -> list[str]:
    """Return the files in these folders whose name is one of the stems, with any extension that a text may have.

    A stem is lower case; the order is that of the folders, then of the stems.
    """
    found = []
    for folder in folders:
        here = {posixpath.basename(path).lower(): path for path in paths_in(context, folder)}
        found += [here[stem + ending] for stem in stems for ending in _TEXT_ENDINGS if stem + ending in here]
    return found


def document(context: CheckContext, *stems: str, folders: Sequence[str] = _COMMUNITY_FOLDERS) -> Document | None:
    """Return the first community file of that name that can be read, the organisation's default where the repository has none."""
    for path in named(context, stems, folders):
        text = read(context, path)
        if text is not None:
            return Document(path, text)
    for path, text in context.org_defaults.items():
        stem = posixpath.splitext(posixpath.basename(path))[0].lower()
        if stem in stems:
            return Document(path, text, inherited=True)
    return None


def read(context: CheckContext, path: str) -> str | None:
    """Return the text of a file of the tip, following a link inside the tree."""
    target = follow(context, path)
    return None if target is None else context.text(target, limit=_MOST)


def line_of(text: str, needle: str) -> int | None:
    """Return the 1-based line on which a text first occurs."""
    at = text.find(needle)
    return None if at < 0 else text.count("\n", 0, at) + 1


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def shortened(evidence: Sequence[Evidence], most: int = 10) -> tuple[Evidence, ...]:
    """Return the first pieces of evidence, and how many more there are."""
    more = len(evidence) - most
    return (*evidence[:most], *([Evidence(f"and {more:,} more", count=more)] if more > 0 else []))
