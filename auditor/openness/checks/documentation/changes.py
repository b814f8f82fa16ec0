"""DOC-04: those who depend on it learn what changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import document, paths_in, plural, read
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_VERSION = re.compile(r"^refs/tags/(?:[\w@/-]*[-_/@])?v?\d+\.\d+(?:\.\d+)?")
_PACKAGES = (
    ("package.json", re.compile(r'"(?:main|exports|bin|files|module)"\s*:')),
    ("pyproject.toml", re.compile(r"^\[(?:project|tool\.poetry)\]", re.MULTILINE)),
    ("setup.py", re.compile(r"\bsetup\(")),
    ("Cargo.toml", re.compile(r"^\[lib\]|^\[package\]", re.MULTILINE)),
    ("composer.json", re.compile(r'"type"\s*:\s*"(?:library|[\w-]*plugin|[\w-]*bundle)"')),
)
_CLOSED = re.compile(r'"private"\s*:\s*true|Private :: Do Not Upload|^publish\s*=\s*false', re.MULTILINE)


@check(
    id="DOC-04",
    title="Others learn what changed",
    question="If others depend on this, is there a changelog, and are versions tagged?",
    why="Those who use a package must see what a new version changes before they take it.",
    remediation="Keep a CHANGELOG and tag versions as vMAJOR.MINOR.PATCH.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.SHOULD,
    sources=(
        by.cite(by.GDS_SOURCE_CODE, "Publish open source code: if your changes will impact third parties"),
        by.cite(by.SPC_MATURITY, "Requirements"),
        by.cite(by.OSPS, "OSPS-BR-02.01"),
    ),
)
def changes(context: CheckContext) -> Answer:
    """Judge only what is made to be installed by others."""
    package = _package(context)
    if not package:
        return not_applicable("nothing that others install as a package")
    log = document(context, "changelog", "changes", "history", "release_notes", "releases", "news", folders=("", "docs"))
    tags = [ref for ref in context.view.refs if _VERSION.match(ref.name)]
    found = [Evidence("changelog", path=log.path)] if log else []
    found += [Evidence(plural(len(tags), "version tag"), count=len(tags))] if tags else []
    return passed(*found) if found else failed(Evidence("a package without changelog and without version tags", path=package))


def _package(context: CheckContext) -> str:
    gem = next((path for path in paths_in(context, "") if path.endswith(".gemspec")), "")
    for path, pattern in _PACKAGES:
        text = read(context, path)
        if text and pattern.search(text) and not _CLOSED.search(text):
            return path
    return gem
