"""TPL-01: the licences of dependencies are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, not_checked, passed
from auditor.openness.reading.dependencies import dependencies
from auditor.openness.reading.files import plural, shortened
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_NONE = {"UNLICENSED", "UNKNOWN", "NONE", "PROPRIETARY"}


@check(
    id="TPL-01",
    title="The licences of dependencies are known",
    question="Does every dependency name its licence?",
    why="A dependency without a licence gives no right to use or pass it on, and so neither has what is built on it.",
    remediation=(
        "Replace dependencies without a licence. Where lock files hold no licences, list them with the package manager's own tool."
    ),
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(
        by.cite(by.NHS_OPEN_SOURCE, "3. Open source dependencies: must not use a dependency which does not specify a licence"),
    ),
)
def dependency_licences_known(context: CheckContext) -> Answer:
    """Read the licences that lock files write down; what they do not hold is said to be unknown, never fine."""
    found = dependencies(context)
    if not found.known and not found.unknown:
        return not_applicable("no dependencies that a lock file names")
    refused = [
        Evidence(f"{d.name} {d.version}: “{d.licence}”", path=d.lock)
        for d in found.known
        if d.licence.upper() in _NONE and not d.development
    ]
    if refused:
        return failed(*shortened(refused))
    named = sum(1 for d in found.known if d.licence)
    known = [Evidence(f"{plural(named, 'dependency', 'dependencies')} with a licence", count=named)] if named else []
    # Lock files that an older npm began hold no licence for some packages that do have one: silence is no proof.
    silent = [d for d in found.known if not d.licence and not d.development]
    open_ = [Evidence(f"{name} writes no licences down here", path=path) for name, path in sorted(found.unknown.items())]
    if silent:
        names = ", ".join(d.name for d in silent[:3])
        open_.append(
            Evidence(
                f"the lock file holds none for {plural(len(silent), 'package')}, such as {names}",
                path=silent[0].lock,
                count=len(silent),
            )
        )
    if open_:
        return not_checked(
            "The licences of these dependencies are not known offline; a person lists them with the package manager.",
            *open_,
            *known,
        )
    return passed(*known)
