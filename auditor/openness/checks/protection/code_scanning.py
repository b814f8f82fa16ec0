"""PRO-04: the forge looks for weaknesses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import passed
from auditor.openness.reading.files import line_of
from auditor.openness.reading.forge import confirm
from auditor.openness.reading.workflows import workflows
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_ANALYSIS = re.compile(
    r"github/codeql-action|\bcodeql\b|\bsemgrep\b|\bsonar(?:cloud|qube|-scanner)?\b|\bbandit\b|\bbrakeman\b|\bsnyk (?:code "
    r")?test|\bcheckov\b|\btfsec\b|\bgosec\b|\bveracode\b|\bcheckmarx\b|\btrivy\b",
    re.IGNORECASE,
)


@check(
    id="PRO-04",
    title="Code analysis is on",
    question="Does a program look for weaknesses in the code, and are its serious alerts dealt with?",
    why="The same analysis is open to everybody who reads the code.",
    remediation="Turn on code scanning on the forge, or run an analyser in the build.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.SHOULD,
    method=Method.API,
    sources=(
        by.cite(by.CMS_CHECKLIST, "Code Analysis"),
        by.cite(by.SCORECARD, "SAST"),
        by.cite(by.UKHO_CHECKLIST, "Security: scanned with security tooling"),
    ),
)
def code_analysis(context: CheckContext) -> Answer:
    """An analyser in a workflow answers it; open alerts are known to the forge only."""
    for workflow in workflows(context):
        match = _ANALYSIS.search(workflow.text)
        if match:
            return passed(
                Evidence(
                    f"{match[0]} runs in a workflow; open alerts were not looked up",
                    path=workflow.path,
                    line=line_of(workflow.text, match[0]),
                )
            )
    return confirm("Security, Code scanning: it is set up and has no serious open alert", "read access to code scanning alerts")
