"""SUP-10: nobody can slip in a package of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.ecosystems import manifests
from auditor.openness.reading.files import shortened
from auditor.openness.reading.package_sources import package_sources
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SUP-10",
    title="Package names cannot be taken over",
    question="Is every package taken from one place only, so that nobody can publish another of the same name?",
    why="With two indexes the higher version wins, whoever published it. Open code shows the internal names to try.",
    remediation="Use one index, scopes or explicit sources for internal packages; replace --extra-index-url.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.SHOULD,
    sources=(by.PIP_INSTALL,),
)
def package_names(context: CheckContext) -> Answer:
    """Look for a second index beside the public one."""
    found = package_sources(context)
    if not found and not manifests(context):
        return not_applicable("no package manager")
    extra = [Evidence("an index beside the public one", path=source.path, line=source.line) for source in found if source.extra]
    return failed(*shortened(extra)) if extra else passed("no second index beside the public one")
