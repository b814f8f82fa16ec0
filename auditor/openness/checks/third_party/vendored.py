"""TPL-03: code of others keeps its licence."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading import kinds
from auditor.openness.reading.files import plural, shortened
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_LICENCE_NAME = re.compile(r"^(?:un)?licen[cs]e|^copying|^notice|^copyright|^ofl", re.IGNORECASE)
_METADATA = {"package.json", "bower.json", "composer.json", "metadata.json", "component.json", "Cargo.toml", "DESCRIPTION"}
_SAYS = re.compile(r"licen[cs]e|copyright|\(c\)\s*\d{4}|©|SPDX-", re.IGNORECASE)
_MINIFIED = re.compile(r"[.-]min\.(?:js|css)$")
_BUILT = re.compile(r"(?:^|/)(?:dist|build|_site|out|output)/")
_HEAD = 2_000


@check(
    id="TPL-03",
    title="Code of others keeps its licence",
    question="Does every copy of other people's code still carry its licence and attribution?",
    why="Nearly every open licence asks for one thing: that its text and the names of the authors stay with the code.",
    remediation="Take the code from a package manager instead, or add the licence file of each component beside it.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(
        by.cite(by.UKHO_POLICY, "Dependencies: source of dependencies must not be included"),
        by.cite(by.NHS_OPEN_SOURCE, "3: the authors of the dependencies are credited"),
    ),
)
def vendored_code(context: CheckContext) -> Answer:
    """Group third-party folders by component; each needs a licence file, metadata with one, or a header."""
    components: dict[str, list[str]] = {}
    for path in context.view.tree:
        if kinds.third_party(path) and (kinds.code(path) or _MINIFIED.search(path)):
            components.setdefault(kinds.third_party_root(path), []).append(path)
        elif _MINIFIED.search(path) and not kinds.test(path) and not _BUILT.search(path):
            components.setdefault(path, []).append(path)
    if not components:
        return not_applicable("no folder or file that says somebody else wrote it")
    bare_ones = [root for root in components if not _licence_file(context, root)]
    heads = {path: root for root in bare_ones for path in _candidates(context, root, components[root])}
    said = set()
    for path, data in context.view.read_many(sorted(heads), limit=_HEAD):
        if _SAYS.search(data.decode("utf-8", "replace")):
            said.add(heads[path])
    missing = sorted(root for root in bare_ones if root not in said)
    if missing:
        # A minified file outside a third-party folder may well be the project's own.
        alone = all(_MINIFIED.search(root) for root in missing)
        evidence = [
            Evidence(f"{plural(len(components[root]), 'file')} of others, no licence among them", path=root) for root in missing
        ]
        return failed(*shortened(evidence), grade=Grade.SHOULD if alone else None)
    return passed(Evidence(f"{plural(len(components), 'component')} of others, each with its licence", count=len(components)))


def _licence_file(context: CheckContext, root: str) -> bool:
    """Tell whether a licence file stands in the component or right above it."""
    folders = context.once("licence-folders", lambda: _licence_folders(context))
    return root in folders or any(folder.startswith(root + "/") for folder in folders)


def _licence_folders(context: CheckContext) -> set[str]:
    return {posixpath.dirname(path) for path in context.view.tree if _LICENCE_NAME.match(posixpath.basename(path))}


def _candidates(context: CheckContext, root: str, paths: list[str]) -> list[str]:
    metadata = [f"{root}/{name}" for name in _METADATA if f"{root}/{name}" in context.view.tree]
    return [*metadata, *sorted(paths)[:5]]
