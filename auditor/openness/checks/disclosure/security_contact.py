"""DIS-01: somebody who finds a vulnerability learns where to report it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.files import Document, document, line_of
from auditor.openness.reading.organisation import known_default
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_CONTACT = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}|hackerone\.com/|bugcrowd\.com/|/security/advisories|"
    r"private(?:ly)?\s{1,3}(?:vulnerability\s{1,3})?report|security[- ]advisor(?:y|ies)|"
    r"[\"'\u201c*_`]report a vulnerability[\"'\u201d*_`]|https?://\S{0,200}?(?:vulnerab|disclos|security|vdp|report)",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"vulnerabilit|security (?:issue|bug|problem|flaw|report|contact|polic|concern)|responsible disclosure|report.{0,20}security",
    re.IGNORECASE,
)


@check(
    id="DIS-01",
    title="A security contact is named",
    question="Does the repository say where to report a vulnerability in private?",
    why="Open code is read by people who find weaknesses. Without a private route the first report is public, or there is none.",
    remediation=(
        "Add SECURITY.md with an address or form for private reports (or rely on the default of your organisation's .github "
        "repository "
        "and attest it), and turn on private vulnerability reporting on the forge."
    ),
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.MUST,
    sources=(
        by.cite(by.GDS_SOURCE_CODE, "Publish open source code: an email address to submit security related bug reports"),
        by.cite(by.OSPS, "OSPS-VM-02.01"),
        by.cite(by.NHS_SECURING, "Allowing others to report security problems"),
        by.cite(by.SCORECARD, "Security-Policy"),
    ),
)
def security_contact(context: CheckContext) -> Answer:
    """Look in SECURITY.md, in the organisation's defaults, then in README and CONTRIBUTING."""
    policy = document(context, "security")
    if policy is not None:
        contact = _CONTACT.search(policy.text)
        if contact:
            return passed(_evidence(policy, contact[0]))
        return failed(Evidence("names no address, form or private reporting route", path=policy.path))
    default = known_default(context, "security")
    if default:
        return passed(default)
    for stem in ("readme", "contributing", "support"):
        other = document(context, stem)
        topic = _TOPIC.search(other.text) if other else None
        if other and topic and _CONTACT.search(other.text, topic.start(), topic.end() + 600):
            return passed(_evidence(other, topic[0]))
    insights = next((path for path in context.view.tree if path.endswith("security.txt")), None)
    if insights:
        return passed(Evidence("security.txt", path=insights))
    return failed("no SECURITY.md at the root, in .github or in docs, and no security contact in README or CONTRIBUTING")


def _evidence(where: Document, mark: str) -> Evidence:
    if where.inherited:
        return Evidence(f"the organisation's default {where.path}")
    return Evidence("says where to report a vulnerability", path=where.path, line=line_of(where.text, mark))
