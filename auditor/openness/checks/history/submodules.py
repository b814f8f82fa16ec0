"""HIS-04: submodules and package sources can be reached by anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.addresses import Reach, reach
from auditor.openness.reading.files import plural, shortened
from auditor.openness.reading.package_sources import package_sources
from auditor.openness.reading.submodules import submodules, undeclared
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_OPEN = {Reach.PUBLIC, Reach.RELATIVE}
_CLOSED = {Reach.INTERNAL, Reach.LOCAL, Reach.NEEDS_KEY, Reach.NEEDS_ACCOUNT}


@check(
    id="HIS-04",
    title="Submodules and package sources can be reached without an account",
    question="Would somebody outside be able to fetch every submodule and every package?",
    why="An address on an internal host gives the host's name away, and nobody outside can build what they were given.",
    remediation=(
        "Use https addresses of public repositories and package indexes, bring the code in, or drop what nobody outside can fetch."
    ),
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(
        by.cite(by.CMS_CHECKLIST, "Questions: internal-only systems"),
        by.cite(by.UKHO_CHECKLIST, "Quality: a user should be able to build and run tests from what is in the repo"),
    ),
)
def submodules_reachable(context: CheckContext) -> Answer:
    """Judge each address of .gitmodules by its text, and look for links that it does not explain."""
    modules, lost = submodules(context), undeclared(context)
    sources = package_sources(context)
    if not modules and not lost and not sources:
        return not_applicable("no submodules, and no package source beside the public ones")
    wrong = [
        Evidence(
            f"submodule {module.path}: {reach(module.url).value if module.url else 'no address'}",
            path=".gitmodules",
            line=module.line,
        )
        for module in modules
        if not module.url or reach(module.url) not in _OPEN
    ]
    wrong += [Evidence("a link to another repository that .gitmodules does not explain", path=path) for path in lost]
    closed = [source for source in sources if source.reach in _CLOSED]
    wrong += [Evidence(f"packages from {source.reach.value}", path=source.path, line=source.line) for source in closed]
    if wrong:
        return failed(*shortened(wrong))
    public = (
        [Evidence(f"{plural(len(sources), 'package source')} on public hosts", path=sources[0].path, count=len(sources))]
        if sources
        else []
    )
    text = "submodule {}: {}; whether that repository is public was not looked up"
    found = (Evidence(text.format(m.path, reach(m.url).value), path=".gitmodules", line=m.line) for m in modules)
    return passed(*found, *public)
