"""LIC-07: no terms that take away what the licence gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.files import document, line_of
from auditor.openness.reading.licences import licence_files, lists
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_TRANSFER = re.compile(
    r"(?:assign|transfer|sign over|cede)(?:s|ing|ment of)?\s+(?:to [\w ]{2,40} )?(?:all |any |the |your |their |full "
    r")*(?:copyright|ownership|intellectual property)|"
    r"copyright (?:assignment|transfer)",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(r"contributor licen[cs]e agreement|\bsign (?:the |our |a )?CLA\b|cla-assistant|\bCLA bot\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no|never|without|don'?t|nor)\b[^.\n]{0,60}$", re.IGNORECASE)
_RESTRICTED = re.compile(
    r"non-?commercial(?! and| or)(?: purposes| use)|\bno[- ]derivatives?\b|CC[- ]BY[- ]NC|CC[- ]BY[- ]ND|for (?:evaluation|"
    r"internal|research) (?:use|purposes) only|commons clause|attribution[- ](?:non-?commercial|no-?deriv)|"
    r"\bnot (?:be )?use[^.\n]{0,60}\bfor (?:any )?commercial",
    re.IGNORECASE,
)


@check(
    id="LIC-07",
    title="No terms take back what the licence gives",
    question="Are there no limits such as non-commercial use, and need contributors not hand over their copyright?",
    why="Code with such terms is not open: others may not use it freely, and few will contribute.",
    remediation="Drop the added terms. If contributions need an agreement, one line on the licence that they fall under is enough.",
    effort=Effort.HOURS,
    who="technical lead, with legal advice",
    grade=Grade.MUST,
    sources=(
        by.cite(
            by.SPC_LICENCE,
            "Requirements: contributors MUST NOT be required to transfer copyright; no Non-Commercial or No Derivatives",
        ),
    ),
)
def no_added_terms(context: CheckContext) -> Answer:
    """Read the licence files for limits, and the files for contributors for a transfer of copyright."""
    wrong: list[Evidence] = []
    for file in licence_files(context):
        match = None if set(file.recognised.full) & set(lists()["documents"]) else _RESTRICTED.search(file.text)
        if match:
            wrong.append(Evidence(f"“{match[0]}” limits the use", path=file.path, line=line_of(file.text, match[0])))
    agreement = []
    for stem in ("contributing", "pull_request_template", "readme", "cla"):
        found = document(context, stem)
        if found is None or found.inherited:
            continue
        for match in _TRANSFER.finditer(found.text):
            if not _NOT.search(found.text, max(0, match.start() - 80), match.start()):
                wrong.append(Evidence(f"“{match[0]}”", path=found.path, line=line_of(found.text, match[0])))  # noqa: PERF401  a comprehension would hide the condition
        asks = _AGREEMENT.search(found.text)
        if asks:
            text = "asks for a contributor agreement: read whether it transfers copyright"
            agreement.append(Evidence(text, path=found.path, line=line_of(found.text, asks[0])))
    if wrong:
        return failed(*wrong[:10])
    if agreement:
        return failed(*agreement, grade=Grade.SHOULD)
    return passed("no limits of use beside the licence, no transfer of copyright")
