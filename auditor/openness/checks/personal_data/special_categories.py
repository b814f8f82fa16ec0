"""PII-11: no special category of data joined to persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import failed, passed
from auditor.openness.authorities import UK_GDPR_9
from auditor.openness.mirror import belongs_to, evidence_of, open_findings
from auditor.openness.reading.data import tables
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="PII-11",
    title="No health, ethnicity or offences beside persons",
    question="Does a data file or a record join health, ethnicity, belief, offences or benefits to persons?",
    why="The law protects such data more than any other.",
    remediation="Take the file out; if it is real, tell the data protection lead at once.",
    effort=Effort.HOURS,
    who="information governance lead",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(UK_GDPR_9,),
)
def special_categories(context: CheckContext) -> Answer:
    """No special category of data joined to persons."""
    found = [
        Evidence(f"columns {', '.join(table.special[:3])} beside {table.identifies[0]}", path=table.path)
        for table in tables(context)
        if table.identifies and table.special
    ]
    mine = belongs_to("PII-11")
    for finding in open_findings(context):
        if mine(finding):
            found += evidence_of(finding, finding.locations)
    return failed(*found) if found else passed("no data file and no record joins such words to persons")
