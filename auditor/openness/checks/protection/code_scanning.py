"""PRO-04: the forge looks for weaknesses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.files import line_of, shortened
from auditor.openness.reading.forge import confirm, told
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


_SERIOUS = frozenset({"critical", "high", "error"})


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
    """Open alerts come first; else an analyser in a workflow answers it, or the forge's own."""
    found = told(context).code_scanning
    if not isinstance(found, Hidden):
        serious = [alert for alert in found.alerts if alert.severity in _SERIOUS]
        if serious:
            shown = [
                Evidence(f"{alert.severity}: {alert.rule} ({alert.tool})", path=alert.path or None, line=alert.line or None)
                for alert in serious
            ]
            return failed(*shortened(shown))
        if found.used:
            return passed("code scanning is used, and no serious alert is open")
    for workflow in workflows(context):
        match = _ANALYSIS.search(workflow.text)
        if match:
            looked = "open alerts were not looked up" if isinstance(found, Hidden) else "it sends nothing to code scanning"
            seen = Evidence(f"{match[0]} runs in a workflow; {looked}", path=workflow.path, line=line_of(workflow.text, match[0]))
            return passed(seen)
    if isinstance(found, Hidden):
        where = "Security, Code scanning: it is set up and has no serious open alert"
        return confirm(where, "read access to code scanning alerts", hidden=found)
    return failed("nothing was ever analysed: code scanning is not used, and no workflow runs an analyser")
