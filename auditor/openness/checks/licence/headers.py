"""LIC-08: each file says its licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import plural
from auditor.openness.reading.survey import survey
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_MOSTLY = 0.8
_USED = 0.2


@check(
    id="LIC-08",
    title="Source files carry licence headers",
    question="Does each source file say its licence in a way that machines read?",
    why="Files travel alone: a header keeps owner and licence with them.",
    remediation="Add `SPDX-License-Identifier:` lines, or one REUSE.toml for the whole repository.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.INFO,
    sources=(by.cite(by.SPC_LICENCE, "Requirements (SHOULD)"), by.REUSE),
)
def licence_headers(context: CheckContext) -> Answer:
    """Count the files with an SPDX line; a REUSE file speaks for all."""
    whole = next((path for path in ("REUSE.toml", ".reuse/dep5") if path in context.view.tree), None)
    if whole:
        return passed(Evidence("REUSE information for the repository", path=whole))
    seen = survey(context)
    if not seen.files:
        return not_applicable("no source code")
    if seen.with_spdx < _USED * seen.files:
        return not_applicable("the project keeps no licence lines in its files; the licence file speaks for all")
    text = f"{seen.with_spdx:,} of {plural(seen.files, 'source file')} carry an SPDX line"
    return (passed if seen.with_spdx >= _MOSTLY * seen.files else failed)(Evidence(text, count=seen.with_spdx))
