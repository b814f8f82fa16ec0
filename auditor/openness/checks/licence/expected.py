"""LIC-03: the licence is the one that the organisation's guidance names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.licences import bare, full_licences, licence_files
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="LIC-03",
    title="The licence is the one that the guidance names",
    question="Is the code under the licence that your organisation's guidance asks for?",
    why="One licence for all code of an organisation is understood once, and its code can be joined without questions.",
    remediation="Use the licence that the policy pack names, or write down in openness.yml why another one fits better.",
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.SHOULD,
    sources=(
        by.cite(by.GDS_LICENSING, "Use MIT"),
        by.HOME_OFFICE_LICENSING,
        by.cite(by.NHS_OPEN_SOURCE, "2. Open sourcing our own code"),
        by.cite(by.CMS_CHECKLIST, "Review Licensing"),
    ),
)
def licence_expected(context: CheckContext) -> Answer:
    """Compare the licences found with those that the policy pack expects."""
    expected, found = context.policy.expected_licences, full_licences(context)
    if not expected:
        return not_applicable(f"the policy pack {context.policy.id} names no licence")
    if not found:
        return not_applicable("no licence was recognised (LIC-01, LIC-02)")
    for file in licence_files(context):
        for spdx in file.recognised.full:
            if bare(spdx) in {bare(name) for name in expected}:
                return passed(Evidence(f"{spdx}, as {context.policy.title or context.policy.id} asks for", path=file.path))
    first = next(file for file in licence_files(context) if file.recognised.full)
    return failed(
        Evidence(f"{', '.join(found)}; the policy pack {context.policy.id} expects {' or '.join(expected)}", path=first.path)
    )
