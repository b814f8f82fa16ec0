"""LIC-05: documentation is under a licence for documentation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading import kinds
from auditor.openness.reading.files import document, line_of
from auditor.openness.reading.licences import licence_files, lists
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_OGL = re.compile(r"open government licen[cs]e|\bOGL\b|creative commons|\bCC[- ]BY", re.IGNORECASE)
_PROSE = re.compile(r"\.(?:md|markdown|rst|adoc|asciidoc|tex|txt)(?:\.erb)?$", re.IGNORECASE)
_MOSTLY = 0.6


@check(
    id="LIC-05",
    title="Documentation has a licence made for it",
    question="If this repository is mostly documentation, is that under the Open Government Licence or a like one?",
    why="A software licence says nothing on quoting a text or adapting a page; the Open Government Licence does.",
    remediation="Add the Open Government Licence v3.0 for the documentation, and say in the README which licence covers what.",
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.SHOULD,
    sources=(by.cite(by.GDS_LICENSING, "Guidelines for repositories that are open documentation"), by.HOME_OFFICE_LICENSING),
)
def documentation_licence(context: CheckContext) -> Answer:
    """Judge only where most of the files are prose."""
    own = [path for path in context.view.tree if not kinds.third_party(path) and not path.startswith(".github/")]
    prose = sum(_PROSE.search(path) is not None for path in own)
    code = sum(kinds.code(path) and ".md." not in path for path in own)
    if not prose or prose < _MOSTLY * (prose + code):
        return not_applicable("not mostly documentation")
    for file in licence_files(context):
        fitting = [spdx for spdx in (*file.recognised.full, *file.recognised.named) if spdx in lists()["documents"]]
        if fitting:
            return passed(Evidence(f"{fitting[0]} for the documentation", path=file.path))
    readme = document(context, "readme")
    match = _OGL.search(readme.text) if readme else None
    if readme and match:
        return passed(Evidence("the README names it", path=readme.path, line=line_of(readme.text, match[0])))
    return failed(Evidence(f"{prose} of {prose + code} files are prose, and no licence for documentation is named", count=prose))
