"""TPL-05: no headers that claim the code for somebody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import plural, shortened
from auditor.openness.reading.survey import survey
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_SUPPLIERS = re.compile(
    r"\b(?:Accenture|Atos|BAE Systems|BJSS|Capgemini|Capita|CGI|Cognizant|Deloitte|DXC|Ernst & Young|Fujitsu|Hewlett|IBM|"
    r"Infosys|Kainos|KPMG|Leidos|"
    r"Logica|McKinsey|NTT Data|Oracle|Palantir|PwC|QinetiQ|Raytheon|SAP|Serco|Siemens|Sopra|Steria|Tata Consultancy|Thales|"
    r"Unisys|Wipro)\b"
)


@check(
    id="TPL-05",
    title="No header claims the code for somebody else",
    question="Is the source free of headers that reserve all rights, call it confidential or name a supplier as owner?",
    why=(
        "Such a header says that somebody else may own the code. Publishing it can break a contract, and the licence would be void."
    ),
    remediation="Settle the ownership with the supplier (the Crown should own what it commissioned), then replace the header.",
    effort=Effort.DAYS,
    who="technical lead, with the commercial team",
    grade=Grade.MUST,
    sources=(
        by.cite(by.OPEN_SOFTWARE_LICENCES, "Commissioned works"),
        by.cite(by.SERVICE_MANUAL, "be clear about who owns the code"),
    ),
)
def no_proprietary_headers(context: CheckContext) -> Answer:
    """Read the comment at the head of each source file that is not in a third-party folder."""
    seen = survey(context)
    if not seen.files:
        return not_applicable("no source code")
    reserved = [place for place in seen.closed if place.text.lower() == "all rights reserved"]
    mild = [
        Evidence("“all rights reserved” in the header contradicts the licence", path=place.path, line=place.line)
        for place in reserved
    ]
    wrong = [
        Evidence(f"“{place.text}” in the header", path=place.path, line=place.line)
        for place in seen.closed
        if place not in reserved
    ]
    wrong += [
        Evidence(f"“{place.text[:80]}” names a supplier as owner", path=place.path, line=place.line)
        for place in seen.copyrights
        if _SUPPLIERS.search(place.text)
    ]
    if wrong:
        return failed(*shortened([*wrong, *mild]))
    if mild:
        return failed(*shortened(mild), grade=Grade.SHOULD)
    return passed(Evidence(f"{plural(seen.files, 'source file')} read", count=seen.files))
