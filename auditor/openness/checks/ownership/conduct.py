"""OWN-03: how people treat each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.files import document, line_of
from auditor.openness.reading.forge import told
from auditor.openness.reading.organisation import known_default
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="OWN-03",
    title="A code of conduct is there",
    question="Is there a code of conduct, here or as the organisation's default?",
    why="Those who take part know what is expected and whom to tell when it is not kept.",
    remediation="Add CODE_OF_CONDUCT.md, best of all once for the whole organisation in its .github repository.",
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.SHOULD,
    sources=(by.cite(by.SPC_WELCOME, "Requirements (OPTIONAL)"), by.cite(by.CMS_CHECKLIST, "Review Repository Hygiene")),
)
def code_of_conduct(context: CheckContext) -> Answer:
    """Look for the file, the organisation's default, or a mention in CONTRIBUTING or README."""
    found = document(context, "code_of_conduct", "code-of-conduct", "conduct")
    if found:
        return passed(Evidence("the organisation's default" if found.inherited else "code of conduct", path=found.path))
    for stem in ("contributing", "readme"):
        other = document(context, stem)
        match = re.search(r"code of conduct", other.text, re.IGNORECASE) if other else None
        if other and match:
            return passed(Evidence("refers to a code of conduct", path=other.path, line=line_of(other.text, match[0])))
    community = told(context).community
    if not isinstance(community, Hidden) and any(kind == "code_of_conduct_file" for kind, _ in community.files):
        return passed("the forge counts one, its own or the organisation's default")
    default = known_default(context, "code_of_conduct")
    return passed(default) if default else failed("no CODE_OF_CONDUCT file")
