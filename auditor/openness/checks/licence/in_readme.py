"""LIC-06: the README names the licence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import document, line_of
from auditor.openness.reading.prose import section
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_NAMES = re.compile(
    r"\blicen[cs](?:e|ed|ing)\b[^\n]{0,200}(?:\b(?:MIT|Apache|BSD|A?GPL|LGPL|EUPL|MPL|CC0|CC[- ]BY|OGL|Open Government|ISC|"
    r"public domain)\b|\]\(|LICEN[CS]E)|"
    r"\b(?:MIT|Apache|BSD|A?GPL|EUPL|MPL|Open Government|CC0|ISC)\b[^\n]{0,40}\blicen[cs]e",
    re.IGNORECASE,
)


@check(
    id="LIC-06",
    title="The README names the licence",
    question="Does the README say which licence applies, with a link to it?",
    why="Readers decide on the first page whether they may use the code.",
    remediation="Add a section Licence at the end of the README that names the licence and links to the licence file.",
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.SHOULD,
    sources=(by.cite(by.GDS_LICENSING, "Specifying the licence"),),
)
def licence_in_readme(context: CheckContext) -> Answer:
    """Look for a sentence or a section on the licence."""
    readme = document(context, "readme")
    if readme is None or readme.inherited:
        return not_applicable("there is no README (DOC-01)")
    match = _NAMES.search(readme.text)
    heading = section(readme.text, re.compile(r"licen[cs]|copyright", re.IGNORECASE))
    if match or heading:
        return passed(
            Evidence(
                "names the licence",
                path=readme.path,
                line=heading.line if heading else line_of(readme.text, match[0] if match else ""),
            )
        )
    return failed(Evidence("does not say under which licence the code is", path=readme.path))
