"""TPL-02: the licences of dependencies go with the licence of the code."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method, Outcome
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import Answer, ask, failed, not_applicable, passed
from auditor.openness.reading.dependencies import dependencies
from auditor.openness.reading.expressions import Fit, fit
from auditor.openness.reading.files import plural, shortened
from auditor.openness.reading.licences import full_licences
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.registry import CheckContext


@check(
    id="TPL-02",
    title="The licences of dependencies are compatible",
    question="May what is built from this code be passed on under its licence, with all that it depends on?",
    why=(
        "A dependency under the GPL asks the same of what includes it; some licences forbid commercial use or passing on "
        "altogether."
    ),
    remediation=(
        "Replace the dependency, or put the code under a licence that goes with it; ask for legal advice where it is only a tool."
    ),
    effort=Effort.DAYS,
    who="technical lead, with legal advice",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(
        by.cite(by.NHS_OPEN_SOURCE, "3.1 to 3.3"),
        by.cite(by.UKHO_POLICY, "We inadvertently breach license terms of other software"),
    ),
)
def dependency_licences_compatible(context: CheckContext) -> Answer:
    """Judge the licence expression of each shipped dependency against the project's own licence."""
    found = [d for d in dependencies(context).known if d.licence and not d.development]
    if not dependencies(context).known and not dependencies(context).unknown:
        return not_applicable("no dependencies that a lock file names")
    if not found:
        # TPL-01 asks a person about the same packages: this is shown beside it, and not asked for twice.
        return Answer(
            Outcome.NOT_CHECKED, reason="The licences of the dependencies are not known offline (TPL-01).", grade=Grade.SHOULD
        )
    own = full_licences(context)
    verdicts = {d: fit(d.licence, own) for d in found}
    wrong = [d for d, verdict in verdicts.items() if verdict in {Fit.CONFLICT, Fit.NOT_OPEN}]
    if wrong:
        said = {Fit.CONFLICT: f"does not go with {', '.join(own) or 'an unknown licence'}", Fit.NOT_OPEN: "is not open"}
        return failed(*shortened([Evidence(f"{d.name} {d.version}: {d.licence} {said[verdicts[d]]}", path=d.lock) for d in wrong]))
    counts = Counter(verdict for verdict in verdicts.values())
    evidence = [
        Evidence(
            f"{plural(counts[Fit.PERMISSIVE], 'dependency', 'dependencies')} under permissive licences",
            count=counts[Fit.PERMISSIVE],
        )
    ]
    weak = counts[Fit.WEAK_COPYLEFT] + counts[Fit.SAME_COPYLEFT]
    if weak:
        evidence.append(Evidence(f"{weak} under copyleft licences that go with this use", count=weak))
    unclear = [
        Evidence(f"{d.name} {d.version}: “{d.licence[:60]}”", path=d.lock)
        for d, verdict in verdicts.items()
        if verdict is Fit.UNKNOWN
    ]
    if unclear:
        return ask("A person reads the licences that no list knows.", *shortened(unclear), *evidence)
    return passed(*evidence)
